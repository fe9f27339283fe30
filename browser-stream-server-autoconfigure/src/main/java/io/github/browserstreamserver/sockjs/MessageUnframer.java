/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

/**
 * Takes the texts out of what a SockJS client sends, a JSON array of strings, while it
 * comes in: it keeps no more than an escape that is cut. For use by one thread at a time.
 */
final class MessageUnframer {

	private enum State {

		START, FIRST, NEXT, STRING, ESCAPE, HEX, AFTER_STRING, END, BROKEN

	}

	private static final int HEX_DIGITS = 4;

	private static final int BITS_OF_HEX_DIGIT = 4;

	private final Utf8Output output;

	private State state = State.START;

	private int hex;

	private int hexDigits;

	/**
	 * Creates an unframer.
	 * @param output where the texts go; the caller flushes it
	 */
	MessageUnframer(Utf8Output output) {
		this.output = output;
	}

	/**
	 * Reads a part of a message.
	 * @param part the part, cut anywhere
	 * @return whether it can be the part of a right one; nothing more may be given after
	 * a wrong one
	 */
	boolean accept(CharSequence part) {
		for (int i = 0; i < part.length() && this.state != State.BROKEN; i++) {
			this.state = next(part.charAt(i));
		}
		return this.state != State.BROKEN;
	}

	/**
	 * Tells whether nothing but white space has come of a message yet.
	 * @return whether it is empty so far
	 */
	boolean isBlank() {
		return this.state == State.START;
	}

	/**
	 * The message ends, another may follow.
	 * @return whether it was a whole one
	 */
	boolean finish() {
		boolean whole = this.state == State.END;
		this.state = State.START;
		return whole;
	}

	private State next(char character) {
		return switch (this.state) {
			case STRING -> inString(character);
			case ESCAPE -> escaped(character);
			case HEX -> hexDigit(character);
			default -> isWhitespace(character) ? this.state : between(character);
		};
	}

	private State between(char character) {
		return switch (this.state) {
			case START -> (character == '[') ? State.FIRST : State.BROKEN;
			case FIRST -> (character == '"') ? State.STRING : (character == ']') ? State.END : State.BROKEN;
			case NEXT -> (character == '"') ? State.STRING : State.BROKEN;
			case AFTER_STRING -> (character == ',') ? State.NEXT : (character == ']') ? State.END : State.BROKEN;
			default -> State.BROKEN;
		};
	}

	private static boolean isWhitespace(char character) {
		return character == ' ' || character == '\t' || character == '\n' || character == '\r';
	}

	private State inString(char character) {
		if (character == '"') {
			this.output.endText();
			return State.AFTER_STRING;
		}
		if (character == '\\') {
			return State.ESCAPE;
		}
		return (character < ' ') ? State.BROKEN : put(character);
	}

	private State escaped(char character) {
		return switch (character) {
			case '"', '\\', '/' -> put(character);
			case 'b' -> put('\b');
			case 'f' -> put('\f');
			case 'n' -> put('\n');
			case 'r' -> put('\r');
			case 't' -> put('\t');
			case 'u' -> {
				this.hex = 0;
				this.hexDigits = 0;
				yield State.HEX;
			}
			default -> State.BROKEN;
		};
	}

	private State hexDigit(char character) {
		// Character.digit knows more digits than JSON does
		int digit = (character < 0x80) ? Character.digit(character, 16) : -1;
		if (digit < 0) {
			return State.BROKEN;
		}
		this.hex = (this.hex << BITS_OF_HEX_DIGIT) | digit;
		return (++this.hexDigits < HEX_DIGITS) ? State.HEX : put((char) this.hex);
	}

	private State put(char character) {
		this.output.put(character);
		return State.STRING;
	}

}
