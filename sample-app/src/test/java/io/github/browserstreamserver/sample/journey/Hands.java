/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import io.github.browserstreamserver.sample.support.Await;
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

	/** Only the keyboard: whatever is used must be reached with Tab first. */
	KEYBOARD {
		@Override
		void use(Page page, String element) {
			reach(page, "document.activeElement === (" + element + ")");
			page.window().press(Keys.ENTER);
		}

		@Override
		void check(Page page, String element) {
			// Tab reaches one radio button of a group, and arrows the others.
			reach(page,
					"document.activeElement === (%s) || (document.activeElement.type === \"radio\" && document.activeElement.name === (%s).name)"
						.formatted(element, element));
			CharSequence key = page.call("return (%s).type === \"radio\"".formatted(element)).asBoolean()
					? Keys.ARROW_DOWN : Keys.SPACE;
			Await.until(element + " is checked", JourneyStage.PATIENCE, () -> {
				if (page.call("return (%s).checked".formatted(element)).asBoolean()) {
					return true;
				}
				page.window().press(key);
				return false;
			});
		}

		@Override
		void enter(Page page, String element) {
			reach(page, "document.activeElement === (" + element + ")");
		}
	};

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

	private static void reach(Page page, String condition) {
		for (int stop = 0; stop < STOPS; stop++) {
			if (page.call("return " + condition).asBoolean()) {
				return;
			}
			page.window().press(Keys.TAB);
		}
		throw new AssertionError("the Tab key never reaches what makes this true: " + condition);
	}

}
