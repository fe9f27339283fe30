/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.proxy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import io.github.browserstreamserver.proxy.StreamAuthorizer.Attempt;
import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.MessageKind;
import io.github.browserstreamserver.stream.PeerIdentity;
import io.github.browserstreamserver.stream.StreamEnd;
import io.github.browserstreamserver.stream.StreamKind;
import io.github.browserstreamserver.testing.Interleavings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.github.browserstreamserver.testing.Interleavings.must;

/**
 * A held stream is handed on while its opener goes on: nothing overtakes, nothing is lost
 * or doubled, and what it cost comes back once.
 */
@Tag("interleavings")
class HeldStreamInterleavingsTests {

	@Test
	void handsOnInOrderWhileMoreComesIn() {
		Interleavings.check(() -> {
			Opener opener = new Opener();
			Target target = new Target(opener);
			HeldStream held = new HeldStream(opener, () -> {
			});
			held.begin();
			Interleavings.race(() -> opener.says(1, 2, 3), () -> held.opener().join(target));
			must(target.heard.equals(List.of("1", "2", "3", "end")), "not what was said: " + target.heard);
			must(opener.released == 0, "released what was not read: " + opener.released);
			target.reads();
			must(opener.released == 6, "not all came back: " + opener.released);
		});
	}

	@Test
	void resetReachesTheOtherSideOnceWheneverItComes() {
		Interleavings.check(() -> {
			Opener opener = new Opener();
			Target target = new Target(opener);
			int[] gone = new int[1];
			HeldStream held = new HeldStream(opener, () -> gone[0]++);
			held.begin();
			Interleavings.race(() -> opener.says(1, 2), () -> held.opener().join(target),
					() -> opener.other.reset(ErrorCode.CLIENT_GONE, ""));
			must(target.resets == 1, "reset " + target.resets + " times");
			must(gone[0] <= 1, "gone " + gone[0] + " times");
			must(List.of("1", "2", "end").subList(0, target.heard.size()).equals(target.heard),
					"not what was said: " + target.heard);
			target.reads();
			must(opener.released == 3, "not all came back: " + opener.released);
		});
	}

	@Test
	void whoeverComesFirstEndsAWaitingStream() {
		Interleavings.check(() -> {
			Opener opener = new Opener();
			int[] gone = new int[1];
			HeldStream held = new HeldStream(opener, () -> gone[0]++);
			held.begin();
			Interleavings.race(() -> opener.says(1, 2), () -> held.opener().reset(ErrorCode.NO_SUCH_SERVER, ""),
					() -> opener.other.reset(ErrorCode.CLIENT_GONE, ""));
			must(gone[0] <= 1, "gone " + gone[0] + " times");
			must(opener.released == 3, "not all came back: " + opener.released);
		});
	}

	@Test
	void refusalReachesBothSidesOfAStreamThatIsJustJoined() {
		Attempt attempt = new Attempt(StreamKind.CONNECT, "a", null, PeerIdentity.UNKNOWN);
		Interleavings.check(() -> {
			Opener opener = new Opener();
			Target target = new Target(opener);
			int[] over = new int[1];
			GuardedStream guarded = new GuardedStream(attempt, opener, (stream) -> over[0]++);
			guarded.hold();
			opener.says(1);
			Interleavings.race(() -> guarded.refuse("no more"), () -> guarded.opener().join(target));
			must(over[0] == 1, "over " + over[0] + " times");
			must(opener.resets >= 1, "the opener does not know");
			must(target.resets >= 1, "the other side does not know");
			target.reads();
			must(opener.released == 1, "not all came back: " + opener.released);
		});
	}

	/**
	 * The end of a peer that opened a stream.
	 */
	private static final class Opener implements StreamEnd {

		private volatile StreamEnd other = StreamEnd.NOWHERE;

		private int released;

		private int resets;

		void says(int... costs) {
			for (int cost : costs) {
				this.other.data(MessageKind.BINARY, true, true, ByteBuffer.wrap(new byte[] { (byte) cost }), cost);
			}
			this.other.end();
		}

		@Override
		public void join(StreamEnd end) {
			this.other = end;
		}

		@Override
		public synchronized void reset(ErrorCode code, String reason) {
			this.resets++;
		}

		@Override
		public synchronized void released(int cost) {
			this.released += cost;
		}

	}

	/**
	 * The end that it goes to.
	 */
	private static final class Target implements StreamEnd {

		private final Opener opener;

		private final List<String> heard = new ArrayList<>();

		private int unread;

		private int resets;

		Target(Opener opener) {
			this.opener = opener;
		}

		@Override
		public synchronized void data(MessageKind kind, boolean first, boolean last, ByteBuffer payload, int cost) {
			this.unread += cost;
			if (this.resets == 0) {
				this.heard.add(String.valueOf(payload.get(payload.position())));
			}
		}

		@Override
		public synchronized void end() {
			if (this.resets == 0) {
				this.heard.add("end");
			}
		}

		@Override
		public synchronized void reset(ErrorCode code, String reason) {
			this.resets++;
		}

		void reads() {
			this.opener.released(this.unread);
			this.unread = 0;
		}

	}

}
