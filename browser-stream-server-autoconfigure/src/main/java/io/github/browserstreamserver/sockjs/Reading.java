/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import jakarta.websocket.Session;
import org.apache.tomcat.websocket.WsSession;
import org.springframework.util.ClassUtils;

/**
 * Whether the container reads on from a peer. Only Tomcat can stop that. It complains
 * when it is asked twice, so this remembers. Safe for use by several threads.
 */
final class Reading {

	private static final boolean TOMCAT = ClassUtils.isPresent("org.apache.tomcat.websocket.WsSession",
			Reading.class.getClassLoader());

	private final ReentrantLock lock = new ReentrantLock();

	private final Session session;

	@GuardedBy("lock")
	private boolean suspended;

	@GuardedBy("lock")
	private boolean over;

	Reading(Session session) {
		this.session = session;
	}

	boolean suspend() {
		if (!TOMCAT || !Tomcat.made(this.session)) {
			return false;
		}
		// held while Tomcat is asked, which only notes it: the order must be the same
		// there
		this.lock.lock();
		try {
			if (!this.suspended && !this.over) {
				this.suspended = true;
				Tomcat.suspend(this.session);
			}
		}
		finally {
			this.lock.unlock();
		}
		return true;
	}

	void resume() {
		this.lock.lock();
		try {
			if (this.suspended) {
				this.suspended = false;
				Tomcat.resume(this.session);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Resumes, for ever.
	 */
	void finish() {
		this.lock.lock();
		try {
			this.over = true;
		}
		finally {
			this.lock.unlock();
		}
		resume();
	}

	/**
	 * Apart, so that its class is loaded only where Tomcat is.
	 */
	private static final class Tomcat {

		private Tomcat() {
		}

		static boolean made(Session session) {
			return session instanceof WsSession;
		}

		static void suspend(Session session) {
			((WsSession) session).suspend();
		}

		static void resume(Session session) {
			((WsSession) session).resume();
		}

	}

}
