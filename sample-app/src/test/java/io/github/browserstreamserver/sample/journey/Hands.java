/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import org.openqa.selenium.Keys;

/**
 * With what somebody uses a page.
 */
enum Hands {

	/** A mouse to click, and a keyboard to write. */
	MOUSE {
		@Override
		void use(Page page, String element) {
			page.window().click(element);
		}

		@Override
		void check(Page page, String element) {
			// What is seen of it may be its label only.
			page.window().click("(%s).labels[0]".formatted(element));
		}

		@Override
		void enter(Page page, String element) {
			if (!isFocused(page, element)) {
				page.window().click(element);
			}
		}
	},

	/** Only the keyboard: whatever is used must be reached with the Tab key first. */
	KEYBOARD {
		@Override
		void use(Page page, String element) {
			reach(page, element);
			page.window().press(Keys.ENTER);
		}

		@Override
		void check(Page page, String element) {
			reach(page, element);
			String key = page.call(KEY_TO_CHECK.formatted(element)).asString();
			if (!key.isEmpty()) {
				page.window().press(Keys.valueOf(key));
			}
		}

		@Override
		void enter(Page page, String element) {
			reach(page, element);
		}
	};

	/** Tab reaches one radio button of a group, and arrows the other. */
	private static final String KEY_TO_CHECK = """
			const target = (%s);
			if (target.type !== "radio") return "SPACE";
			if (target.checked) return "";
			const { activeElement } = document;
			return target.compareDocumentPosition(activeElement) & Node.DOCUMENT_POSITION_FOLLOWING ? "ARROW_UP" : "ARROW_DOWN";
			""";

	private static final String WAY = """
			let target = (%s);
			if (!target) throw new Error("it is not there");
			if (target.type === "radio") {
			  target = [...document.getElementsByName(target.name)].find(({ checked }) => checked) ?? target;
			}
			const { activeElement, body } = document;
			if (activeElement === target) return "here";
			const behind = activeElement !== body && target.compareDocumentPosition(activeElement) & Node.DOCUMENT_POSITION_FOLLOWING;
			return behind ? "back" : "forth";
			""";

	/** More than any page here has to stop at. */
	private static final int STOPS = 100;

	/** Uses a button or a link. */
	abstract void use(Page page, String element);

	/** Checks a radio button, or the other state of a box. */
	abstract void check(Page page, String element);

	/** Goes into a field. */
	abstract void enter(Page page, String element);

	/** Puts a text into a field, in place of what is there. */
	void write(Page page, String element, String text) {
		enter(page, element);
		page.window().pressWith(Keys.CONTROL.charAt(0), 'a');
		page.window().press(text);
	}

	private static boolean isFocused(Page page, String element) {
		return page.call("return document.activeElement === (" + element + ")").asBoolean();
	}

	private static void reach(Page page, String element) {
		for (int stop = 0; stop < STOPS; stop++) {
			switch (page.call(WAY.formatted(element)).asString()) {
				case "forth" -> page.window().press(Keys.TAB);
				case "back" -> page.window().pressWith(Keys.SHIFT.charAt(0), Keys.TAB.charAt(0));
				default -> {
					return;
				}
			}
		}
		throw new AssertionError("the Tab key does not reach " + element);
	}

}
