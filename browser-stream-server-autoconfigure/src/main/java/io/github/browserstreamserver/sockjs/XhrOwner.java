/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sockjs;

import java.security.Principal;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Whose session it is: ids are short, and nobody may take another's.
 *
 * @param user the user's name, if there is one
 * @param address the address, for who has no name
 */
record XhrOwner(@Nullable String user, String address) {

	static XhrOwner of(HttpServletRequest request) {
		Principal user = request.getUserPrincipal();
		return (user != null) ? new XhrOwner(user.getName(), "") : new XhrOwner(null, request.getRemoteAddr());
	}

	@Override
	public String toString() {
		return (this.user != null) ? "a user" : "a peer at " + this.address;
	}

}
