/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.lean;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * A socket that Tomcat has accepted. Tomcat counts it, knows its TLS, and closes it; it
 * does not watch it any more.
 * <p>
 * Tomcat uses its channel objects again for other sockets. So without TLS only the JDK's
 * channel is touched, which is closed for good when it is closed.
 */
final class TomcatSocket implements LeanSocket {

	private final SocketWrapperBase<?> wrapper;

	private final NioChannel tomcatChannel;

	private final SocketChannel channel;

	private final boolean secure;

	private final TomcatBuffers.Borrowed buffers;

	private TomcatSocket(SocketWrapperBase<?> wrapper, NioChannel tomcatChannel) {
		this.wrapper = wrapper;
		this.tomcatChannel = tomcatChannel;
		this.channel = tomcatChannel.getIOChannel();
		this.secure = tomcatChannel instanceof SecureNioChannel;
		this.buffers = TomcatBuffers.borrow(tomcatChannel.getBufHandler());
	}

	/**
	 * Takes a socket over.
	 * @param wrapper what Tomcat hands over; what it has read is taken before
	 * @return the socket
	 */
	static TomcatSocket of(SocketWrapperBase<?> wrapper) {
		if (wrapper.getSocket() instanceof NioChannel channel) {
			return new TomcatSocket(wrapper, channel);
		}
		throw new IllegalStateException("not a connector of NIO, although it said so: " + wrapper);
	}

	@Override
	public SocketChannel channel() {
		return this.channel;
	}

	@Override
	public boolean isSecure() {
		return this.secure;
	}

	@Override
	public int read(ByteBuffer into) throws IOException {
		return this.secure ? this.tomcatChannel.read(into) : this.channel.read(into);
	}

	@Override
	public boolean write(ByteBuffer from) throws IOException {
		if (!this.secure) {
			this.channel.write(from);
			return !from.hasRemaining();
		}
		while (from.hasRemaining() && this.tomcatChannel.write(from) > 0) {
			// one record of TLS after the other
		}
		if (this.tomcatChannel.getOutboundRemaining() > 0) {
			this.tomcatChannel.flushOutbound();
		}
		return !from.hasRemaining() && this.tomcatChannel.getOutboundRemaining() == 0;
	}

	@Override
	public void writeNoMore() throws IOException {
		if (!this.secure) {
			this.channel.shutdownOutput();
		}
	}

	private void closeWrapper() {
		try {
			this.buffers.giveBack(this.tomcatChannel.getBufHandler());
		}
		finally {
			// whatever happens, Tomcat must not count it any more
			this.wrapper.close();
		}
	}

	@Override
	public void close() {
		// the container may still be at the end of the handshake
		this.wrapper.getLock().lock();
		try {
			if (!this.wrapper.isClosed()) {
				closeWrapper();
			}
		}
		finally {
			this.wrapper.getLock().unlock();
		}
	}

}
