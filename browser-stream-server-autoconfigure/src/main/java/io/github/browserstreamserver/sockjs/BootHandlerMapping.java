/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.util.Map;
import java.util.concurrent.ScheduledFuture;

import io.github.browserstreamserver.transport.Dialect;
import io.github.browserstreamserver.websocket.OriginRules;
import io.github.browserstreamserver.websocket.StreamConnections;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * Maps a path and all below it to SockJS, and to the plain WebSocket that SockJS has
 * beside it, at {@code {path}/websocket}. It is a mapping of its own, so that it neither
 * needs nor disturbs an {@code @EnableWebSocket} of the application, and comes before the
 * application's controllers. From {@link #afterPropertiesSet()} to {@link #destroy()} it
 * has a thread that ends sessions whose client does not come back.
 */
public final class BootHandlerMapping extends SimpleUrlHandlerMapping implements InitializingBean, DisposableBean {

	private static final int BEFORE_CONTROLLERS = -10;

	private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();

	private final XhrSessions sessions;

	private final XhrTimes times;

	private @Nullable ScheduledFuture<?> sweeping;

	/**
	 * Creates a mapping.
	 * @param path where, with a slash in front and none at the end
	 * @param dialect what peers speak: text
	 * @param connections where to keep the connections
	 * @param origins whose pages may connect
	 */
	public BootHandlerMapping(String path, Dialect dialect, StreamConnections connections, OriginRules origins) {
		this(path, dialect, connections, origins, XhrTimes.DEFAULTS);
	}

	BootHandlerMapping(String path, Dialect dialect, StreamConnections connections, OriginRules origins,
			XhrTimes times) {
		this.times = times;
		// not a bean: as one it would take the place of Spring Boot's
		this.scheduler.setDaemon(true);
		this.scheduler.setThreadNamePrefix("browser-stream-server-sockjs-");
		this.sessions = new XhrSessions(dialect, connections, times);
		BootSockJsService service = new BootSockJsService(this.scheduler, this.sessions,
				new TextSocketHandler(dialect, connections, SockJsSocket::new), origins);
		// the pattern matches the path itself as well
		setUrlMap(Map.of(path + "/**",
				new BootRequestHandler(service, new TextSocketHandler(dialect, connections, PlainSocket::new))));
		setOrder(BEFORE_CONTROLLERS);
	}

	@Override
	public void afterPropertiesSet() {
		this.scheduler.initialize();
		this.scheduler.execute(WarmUp::run);
		this.sweeping = this.scheduler.scheduleWithFixedDelay(this.sessions::sweep, this.times.sweep());
	}

	@Override
	public void destroy() {
		if (this.sweeping != null) {
			this.sweeping.cancel(false);
		}
		this.scheduler.destroy();
	}

}
