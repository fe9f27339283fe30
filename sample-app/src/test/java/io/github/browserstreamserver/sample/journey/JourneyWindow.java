/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample.journey;

import java.nio.file.Path;
import java.util.List;

/**
 * A window of a browser: what a driver can do in it. Elements are told by an expression
 * of JavaScript, see {@link Find}.
 */
interface JourneyWindow extends AutoCloseable {

	/**
	 * Calls an asynchronous function in the page and waits for what it returns.
	 * @param body the body of the function; may {@code await} and {@code return}
	 * @param argument what it finds in {@code argument}, a text
	 * @return what it returned, a text
	 */
	String call(String body, String argument);

	/** Goes to another page and waits until it is loaded. */
	void navigate(String address);

	void reload();

	/** Goes back in the history. */
	void back();

	/** Clicks in the middle of an element. */
	void click(String element);

	/** Types keys, into whatever has the focus. */
	void press(CharSequence keys);

	/** Types one key while another is held, such as Shift. */
	void pressWith(char held, char key);

	/** Chooses files with a file button. */
	void choose(String element, List<Path> files);

	/** Returns a picture of what is visible, as PNG. */
	byte[] screenshot();

	/** Closes the window as a person does. A second call has no effect. */
	@Override
	void close();

}
