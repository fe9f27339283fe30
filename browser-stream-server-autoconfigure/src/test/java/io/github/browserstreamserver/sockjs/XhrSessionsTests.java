/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.io.IOException;

import io.github.browserstreamserver.websocket.StreamConnections;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.withSettings;

/**
 * What no test against a real container can force.
 */
class XhrSessionsTests {

	private final StreamConnections connections = new StreamConnections();

	private final TestDialect dialect = new TestDialect();

	private final XhrSessions sessions = new XhrSessions(this.dialect, this.connections, XhrTimes.DEFAULTS);

	private final HttpServletRequest request = request("192.0.2.1");

	@BeforeEach
	void start() {
		this.connections.start();
	}

	@AfterEach
	void stop() {
		// no container ends these sessions: an interrupt spares the wait for it
		Thread.currentThread().interrupt();
		this.connections.stop();
		assertThat(Thread.interrupted()).isTrue();
	}

	private static HttpServletRequest request(String address) {
		// one that thousands of calls are not remembered of
		HttpServletRequest request = mock(HttpServletRequest.class, withSettings().stubOnly());
		given(request.getRemoteAddr()).willReturn(address);
		given(request.startAsync(any(), any())).willReturn(mock(AsyncContext.class, withSettings().stubOnly()));
		return request;
	}

	private static HttpServletResponse response() throws IOException {
		HttpServletResponse response = mock(HttpServletResponse.class);
		given(response.getOutputStream()).willReturn(mock(ServletOutputStream.class));
		return response;
	}

	@Test
	void refusesNewSessionsWhenThereAreTooManyAndKeepsTheOthers() throws IOException {
		receiveSessions(XhrPlaces.MOST_OF_AN_ADDRESS, "session", this.request);
		for (int address = 2; address <= XhrPlaces.MOST / XhrPlaces.MOST_OF_AN_ADDRESS; address++) {
			receiveSessions(XhrPlaces.MOST_OF_AN_ADDRESS, "from" + address + "-", request("192.0.2." + address));
		}
		HttpServletResponse refused = response();
		this.sessions.receive("one more", true, request("192.0.2.100"), refused);
		verify(refused).setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
		HttpServletResponse known = response();
		this.sessions.receive("session0", true, this.request, known);
		verify(known, never()).setStatus(anyInt());
		assertThat(this.connections.count()).isEqualTo(XhrPlaces.MOST);
	}

	private void receiveSessions(int count, String id, HttpServletRequest from) throws IOException {
		HttpServletResponse response = mock(HttpServletResponse.class, withSettings().stubOnly());
		given(response.getOutputStream()).willReturn(mock(ServletOutputStream.class, withSettings().stubOnly()));
		for (int index = 0; index < count; index++) {
			this.sessions.receive(id + index, true, from, response);
		}
	}

	@Test
	void anAddressTakesNoMoreThanItsShareOfTheSessions() throws IOException {
		receiveSessions(XhrPlaces.MOST_OF_AN_ADDRESS, "session", this.request);
		HttpServletResponse refused = response();
		this.sessions.receive("one more", true, this.request, refused);
		verify(refused).setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
		HttpServletResponse elsewhere = response();
		this.sessions.receive("another", true, request("192.0.2.2"), elsewhere);
		verify(elsewhere, never()).setStatus(anyInt());
	}

	@Test
	void givesASessionToNobodyElse() throws IOException {
		this.sessions.receive("mine", true, this.request, response());
		HttpServletResponse receives = response();
		this.sessions.receive("mine", true, request("192.0.2.2"), receives);
		verify(receives).setStatus(HttpServletResponse.SC_NOT_FOUND);
		HttpServletResponse sends = response();
		this.sessions.send("mine", request("192.0.2.2"), sends);
		verify(sends).setStatus(HttpServletResponse.SC_NOT_FOUND);
	}

	@Test
	void answerThatBrokeIsCompleteAgainWhenTheContainerHasForgotten() throws IOException {
		AsyncContext context = mock(AsyncContext.class);
		given(this.request.startAsync(any(), any())).willReturn(context);
		HttpServletResponse response = response();
		this.sessions.receive("one", true, this.request, response);
		ArgumentCaptor<AsyncListener> listener = ArgumentCaptor.forClass(AsyncListener.class);
		verify(context).addListener(listener.capture());
		ArgumentCaptor<WriteListener> writes = ArgumentCaptor.forClass(WriteListener.class);
		verify(response.getOutputStream()).setWriteListener(writes.capture());
		writes.getValue().onError(new IOException("gone"));
		verify(context).complete();
		listener.getValue().onError(new AsyncEvent(context, new IOException("gone")));
		verify(context, times(2)).complete();
		assertThat(this.connections.count()).isZero();
	}

}
