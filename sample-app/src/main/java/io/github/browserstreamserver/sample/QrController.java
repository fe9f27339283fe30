/*
 * Copyright 2026 the browser-stream-server authors.
 * Licensed under the MIT licence, see LICENSE.
 */

package io.github.browserstreamserver.sample;

import io.nayuki.qrcodegen.QrCode;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Draws the link to a name, for the camera of a phone.
 */
@RestController
class QrController {

	/** A link with the longest name, each byte of it escaped, fits in. */
	private static final int MAX_TEXT = 1024;

	/** Modules of white around it, as the standard wants. */
	private static final int QUIET = 4;

	@GetMapping(path = "/qr", produces = "image/svg+xml")
	ResponseEntity<String> draw(@RequestParam String text) {
		if (text.isEmpty() || text.length() > MAX_TEXT) {
			return ResponseEntity.status(HttpStatus.BAD_REQUEST).build();
		}
		return ResponseEntity.ok(svg(QrCode.encodeText(text, QrCode.Ecc.LOW)));
	}

	private static String svg(QrCode code) {
		StringBuilder path = new StringBuilder();
		for (int y = 0; y < code.size; y++) {
			for (int x = 0; x < code.size; x++) {
				if (code.getModule(x, y)) {
					path.append('M').append(x + QUIET).append(' ').append(y + QUIET).append("h1v1h-1z");
				}
			}
		}
		int side = code.size + 2 * QUIET;
		return """
				<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" shape-rendering="crispEdges">\
				<path fill="#fff" d="M0 0h%1$dv%1$dH0z"/><path d="%2$s"/></svg>""".formatted(side, path);
	}

}
