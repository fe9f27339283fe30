// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

// Answers what its pages ask for, as one does that keeps a page for times without a network.

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => event.respondWith(fetch(event.request)));
