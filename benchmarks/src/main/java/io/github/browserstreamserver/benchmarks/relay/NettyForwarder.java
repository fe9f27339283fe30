/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.benchmarks.relay;

import java.net.URI;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Joins a client's channel with a host's.
 */
final class NettyForwarder extends ChannelInboundHandlerAdapter {

	private final Names<Channel> names;

	private String name = "";

	private boolean host;

	private @Nullable Channel peer;

	NettyForwarder(Names<Channel> names) {
		this.names = names;
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof HandshakeComplete handshake) {
			URI uri = URI.create(handshake.requestUri());
			this.name = Names.name(uri);
			this.host = Names.isHost(uri);
			if (this.host) {
				this.names.add(this.name, context.channel());
			}
			else {
				join(context.channel());
			}
		}
	}

	private void join(Channel client) {
		Channel host = this.names.take(this.name);
		if (host == null) {
			ChannelFuture unused = client.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.TRY_AGAIN_LATER));
			return;
		}
		this.peer = host;
		host.pipeline().get(NettyForwarder.class).peer = client;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object frame) {
		Channel to = this.peer;
		if (to == null) {
			ReferenceCountUtil.release(frame);
			return;
		}
		ChannelFuture unused = to.write(frame, to.voidPromise());
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		Channel to = this.peer;
		if (to != null) {
			to.flush();
			if (!to.isWritable()) {
				context.channel().config().setAutoRead(false);
			}
		}
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		Channel from = this.peer;
		if (from != null && context.channel().isWritable()) {
			from.config().setAutoRead(true);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		if (this.host) {
			this.names.remove(this.name, context.channel());
		}
		Channel to = this.peer;
		if (to != null && to.isActive()) {
			ChannelFuture unused = to.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
		}
	}

}
