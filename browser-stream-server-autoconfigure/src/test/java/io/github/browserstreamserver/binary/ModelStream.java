/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.binary;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.browserstreamserver.stream.ErrorCode;
import io.github.browserstreamserver.stream.MessageKind;
import org.jspecify.annotations.Nullable;

/**
 * A stream from a client to a host as {@link RelayModel} knows it: two queues of
 * messages, who ended his half, and why it may be over.
 */
final class ModelStream {

	/** What it says about itself, in the metadata of its OPEN. */
	final int number;

	final String name;

	final long openedAt;

	final Side client = new Side("client");

	final Side host = new Side("host");

	/** To whom it goes; {@code null} while it waits for somebody who listens. */
	@Nullable ModelListen listen;

	/** Whether the relay has the host's ACCEPT. */
	boolean accepted;

	/** Whether the host stopped listening in peace, so that the relay ends both sides. */
	boolean hungUp;

	/** Why it may be reset, or not, if both sides were through already. */
	private final Set<ErrorCode> possible = EnumSet.noneOf(ErrorCode.class);

	/** Why it is reset, unless one of {@link #possible} came first. */
	private @Nullable ErrorCode certain;

	ModelStream(int number, String name, long openedAt) {
		this.number = number;
		this.name = name;
		this.openedAt = openedAt;
	}

	/**
	 * The relay ends it.
	 * @param code why
	 */
	void reset(ErrorCode code) {
		if (this.certain == null) {
			this.certain = code;
		}
	}

	/**
	 * One side resets it, or is gone.
	 * @param side which
	 * @param code what the other side is to be told
	 */
	void reset(Side side, ErrorCode code) {
		if (side.isOver()) {
			return;
		}
		if (side.ended && (side.other().ended || this.hungUp)) {
			// the relay has nothing more to do with this side if its END left already
			this.possible.add(code);
		}
		else {
			reset(code);
		}
		side.gone = true;
	}

	/**
	 * The relay has no room for it, whatever else would have come of it.
	 */
	void limit() {
		this.possible.add(ErrorCode.LIMIT);
		reset(ErrorCode.LIMIT);
	}

	/**
	 * The host stopped listening: both sides are ended, unless something is in the
	 * middle.
	 */
	void hangUp() {
		if (!this.accepted || this.host.isInsideMessage()) {
			reset(ErrorCode.HOST_GONE);
			return;
		}
		// the client is ended first
		this.host.stops();
		if (this.client.isInsideMessage()) {
			reset(ErrorCode.HOST_GONE);
			return;
		}
		this.client.stops();
		this.hungUp = true;
	}

	boolean isReset() {
		return this.certain != null;
	}

	/**
	 * Tells whether the host's hold on its name has nothing to do with it any more.
	 * @return whether it was reset, or both sides have ended
	 */
	boolean isOver() {
		return isReset() || (this.client.ended && this.host.ended);
	}

	boolean mayBeReset() {
		return isReset() || !this.possible.isEmpty();
	}

	boolean mayBeResetWith(ErrorCode code) {
		return code == this.certain || this.possible.contains(code);
	}

	@Override
	public String toString() {
		return "stream " + this.number + " to " + this.name + " (" + this.client.seen() + "; " + this.host.seen()
				+ "; to be reset with " + this.certain + ", perhaps with " + this.possible
				+ (this.hungUp ? "; hung up)" : ")");
	}

	/**
	 * A message that was written so far.
	 */
	private static final class Written {

		private final MessageKind kind;

		private int length;

		private boolean whole;

		Written(MessageKind kind) {
			this.kind = kind;
		}

	}

	/**
	 * One peer's side: what it wrote and what it has seen.
	 */
	final class Side {

		private final String label;

		/** Whose it is; {@code null} for a host that does not know of it. */
		@Nullable ModelPeer peer;

		int id;

		/** Whether it reset the stream, or its connection was cut. */
		boolean gone;

		boolean ended;

		/** Whether it saw, or sent, the ACCEPT. */
		boolean open;

		boolean sawEnd;

		@Nullable ErrorCode sawReset;

		private final List<Written> written = new ArrayList<>();

		/** After how many messages it is ended; -1 if it is not. */
		private int stopsAfter = -1;

		/** What it may write. */
		int credit = Wire.INITIAL_CREDIT;

		/** What it may still be sent. */
		private int window = Wire.INITIAL_CREDIT;

		private int owed;

		/** Whether it gives nothing back for what it reads. */
		boolean paused;

		/** How many messages of the other side it has read. */
		private int read;

		/** How much of the next, and whether that has begun. */
		private int readOfNext;

		private boolean nextBegan;

		Side(String label) {
			this.label = label;
		}

		ModelStream stream() {
			return ModelStream.this;
		}

		Side other() {
			return (this == ModelStream.this.client) ? ModelStream.this.host : ModelStream.this.client;
		}

		boolean isClient() {
			return this == ModelStream.this.client;
		}

		/**
		 * Tells whether it is over as far as its peer knows.
		 * @return whether nothing may be sent any more
		 */
		boolean isOver() {
			return this.gone || this.sawReset != null || (this.ended && this.sawEnd);
		}

		boolean mayWrite() {
			return !isOver() && !this.ended && (this.open || isClient());
		}

		boolean isInsideMessage() {
			return !this.written.isEmpty() && !this.written.get(this.written.size() - 1).whole;
		}

		/**
		 * Writes a frame, as far as the model is concerned.
		 * @param kind of the message, if it begins
		 * @param length of the payload
		 * @param last whether the message ends
		 * @return flags and payload
		 */
		Frame write(MessageKind kind, int length, boolean last) {
			boolean first = !isInsideMessage();
			if (first) {
				this.written.add(new Written(kind));
			}
			Written message = this.written.get(this.written.size() - 1);
			byte[] payload = new byte[length];
			for (int index = 0; index < length; index++) {
				payload[index] = content(this.written.size() - 1, message.length + index);
			}
			message.length += length;
			message.whole = last;
			this.credit -= length + Wire.FRAME_COST;
			return new Frame((first ? Wire.FLAG_FIRST : 0) | (last ? Wire.FLAG_LAST : 0)
					| message.kind.ordinal() << Wire.KIND_SHIFT, payload);
		}

		private byte content(int message, int offset) {
			return (byte) (ModelStream.this.number * 59 + (isClient() ? 0 : 101) + message * 31 + offset
					+ (offset >> 8) * 7);
		}

		void stops() {
			if (this.stopsAfter < 0) {
				this.stopsAfter = this.written.size();
			}
		}

		/**
		 * Reads a frame, which must be what the other side wrote next.
		 * @return what is wrong with it, or {@code null}
		 */
		@Nullable String read(@Nullable MessageKind kind, boolean first, boolean last, ByteBuffer part, int charge) {
			int cost = BinaryStream.cost(part, charge);
			this.window -= cost;
			this.owed += cost;
			if (this.window < 0) {
				return "was sent more than its window";
			}
			Side writer = other();
			if (this.read == writer.written.size()) {
				return "was sent what nobody wrote";
			}
			Written message = writer.written.get(this.read);
			if (kind != message.kind || (charge > 0 && first == this.nextBegan)) {
				return "was sent another message than was written";
			}
			this.nextBegan = true;
			while (part.hasRemaining()) {
				if (this.readOfNext == message.length || part.get() != writer.content(this.read, this.readOfNext)) {
					return "was sent other bytes than were written";
				}
				this.readOfNext++;
			}
			if (last) {
				if (!message.whole || this.readOfNext != message.length) {
					return "was sent half a message as a whole one";
				}
				this.read++;
				this.readOfNext = 0;
				this.nextBegan = false;
			}
			return null;
		}

		/**
		 * Takes what it should give back.
		 * @param atLeast how much it should be
		 * @param more what it gives on top
		 * @return how much credit to send, perhaps 0
		 */
		int takeCredit(int atLeast, int more) {
			if (this.owed + more < Math.max(1, atLeast) || isOver()) {
				return 0;
			}
			int bytes = this.owed + more;
			this.owed = 0;
			this.window += bytes;
			return bytes;
		}

		/**
		 * Tells whether it has all that the other side wrote before it was ended.
		 * @return whether that was ended, and nothing is missing
		 */
		boolean hasAllBeforeTheEnd() {
			return this.read == other().stopsAfter && !this.nextBegan;
		}

		/**
		 * Tells whether it has all that the other side wrote.
		 * @return whether nothing is missing
		 */
		boolean hasAll() {
			Side writer = other();
			if (writer.isInsideMessage()) {
				Written last = writer.written.get(writer.written.size() - 1);
				return this.read == writer.written.size() - 1 && this.readOfNext == last.length;
			}
			return this.read == writer.written.size();
		}

		boolean shouldBeEnded() {
			return other().stopsAfter >= 0;
		}

		String seen() {
			return this.label + " of " + this.peer + " as " + this.id + ": wrote " + this.written.size() + ", read "
					+ this.read + (this.open ? ", open" : "") + (this.ended ? ", ended" : "")
					+ (this.gone ? ", gone" : "") + (this.sawEnd ? ", saw END" : "")
					+ ((this.sawReset != null) ? ", saw " + this.sawReset : "");
		}

		@Override
		public String toString() {
			return this.label + "'s side of " + ModelStream.this;
		}

	}

	/**
	 * A frame of DATA.
	 *
	 * @param flags its flags
	 * @param payload its payload
	 */
	record Frame(int flags, byte[] payload) {
	}

}
