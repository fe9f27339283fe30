#!/usr/bin/env python3
# Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.
"""A peer of the binary dialect (../protocol.md) in Python 3.9+, standard library only. It passes one file.

    stream_peer.py URL listen NAME OUTFILE    host: takes one client, writes its binary messages to OUTFILE, and answers
                                              {"size": ..., "sha256": "..."} when the client ended
    stream_peer.py URL connect NAME FILE      client: sends FILE as binary messages, prints the host's JSON answer

URL is like ws://127.0.0.1:8080/browser-server. The other side may as well be a tab: `listen` prints the text and JSON
messages that it gets to stderr. Exit code 1, with the reason on stderr, after a reset or when the connection is lost.
"""
import base64, contextlib, hashlib, http.client, io, json, os, select, socket, struct, sys, urllib.parse

HELLO, PING, OPEN, ACCEPT, DATA, CREDIT, END, RESET = range(1, 9)
LISTEN, CONNECT, ANSWER, FIRST, LAST, KIND, BINARY, TEXT, JSON = 1, 2, 1, 1, 2, 12, 0, 4, 8  # kinds of OPEN; flags
PAYLOAD, COST, CREDIT_AT_FIRST, WINDOW = 16384, 64, 16384, 1 << 20
CODES = ("CANCELLED NO_SUCH_SERVER NAME_TAKEN REFUSED LIMIT TIMEOUT HOST_GONE CLIENT_GONE PROTOCOL_ERROR FLOW_CONTROL "
         "CANCELLED INTERNAL NO_SUCH_ROUTE SHUTDOWN REPLACED INVALID_OPEN CONNECTION_LOST").split()

def failure(code, reason):
    name = CODES[code] if 0 < code < len(CODES) else "CANCELLED"
    return ConnectionError(reason if reason.startswith(name) else f"{name}: {reason}")

def varint(n):
    return bytes([n]) if n < 128 else bytes([n & 127 | 128]) + varint(n >> 7)

def read_varint(source):
    byte = source.read(1)[0]
    return byte if byte < 128 else byte & 127 | read_varint(source) << 7

class WebSocket:  # as much of RFC 6455 as a client of binary messages needs
    def __init__(self, url):
        url, key, self.received = urllib.parse.urlsplit(url), base64.b64encode(os.urandom(16)).decode(), bytearray()
        self.socket = socket.create_connection((url.hostname, url.port or 80))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall((f"GET {url.path or '/'} HTTP/1.1\r\nHost: {url.netloc}\r\nUpgrade: websocket\r\n"
                             f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
                             "Sec-WebSocket-Protocol: v1.browser-stream-server\r\n\r\n").encode())
        self.input = self.socket.makefile("rb", 1 << 18)
        status, headers = self.input.readline(), http.client.parse_headers(self.input)
        accept = base64.b64encode(hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest())
        if b" 101" not in status or headers["Sec-WebSocket-Accept"] != accept.decode():
            raise ConnectionError((status + self.input.read(int(headers["Content-Length"] or 0))).decode().strip())

    def send(self, opcode, data):
        n, mask = len(data), os.urandom(4)
        size = bytes([128 | n]) if n < 126 else struct.pack("!BH" if n < 65536 else "!BQ", 254 + (n > 65535), n)
        masked = int.from_bytes(data, "big") ^ int.from_bytes((mask * (n // 4 + 1))[:n], "big")
        with contextlib.suppress(OSError):  # on a closed line; the reason is among what is still to be read
            self.socket.sendall(bytes([128 | opcode]) + size + mask + masked.to_bytes(n, "big"))

    def read(self, n):  # the next n bytes of the dialect, to which the bounds of WebSocket messages mean nothing
        while len(self.received) < n:
            head = self.input.read(2)
            if len(head) < 2:
                raise failure(16, "the line broke")
            size = head[1] if head[1] < 126 else int.from_bytes(self.input.read(2 if head[1] == 126 else 8), "big")
            opcode, data = head[0] & 15, self.input.read(size)
            if opcode == 8:
                code = int.from_bytes(data[:2], "big")
                raise failure(code - 4000 if code > 4000 else 16, f"{data[2:].decode()} (WebSocket close {code})")
            if opcode == 9:
                self.send(10, data)
            self.received += data if opcode < 3 else b""
        data = bytes(self.received[:n])
        del self.received[:n]
        return data

class Peer:  # a connection with one stream for data; a host has its listening stream, with the id 1, besides
    def __init__(self, url, kind, name, file, texts):
        self.socket, self.file, self.texts, self.digest = WebSocket(url), file, texts, hashlib.sha256()
        self.id, self.credit, self.text, self.ended = 1 if kind == CONNECT else 0, CREDIT_AT_FIRST, b"", set()
        self.frame(HELLO, 0, 0)
        self.frame(OPEN, 0, 1, bytes([kind]) + varint(len(name.encode())) + name.encode() + varint(0))

    def frame(self, type, flags, id, payload=b""):
        self.socket.send(2, bytes([type, flags]) + varint(id) + varint(len(payload)) + payload)

    def send(self, kind, data):
        first = FIRST
        while first or data:  # an empty message is one empty frame
            while self.credit < COST + (len(data) > 0) or select.select([self.socket.socket], [], [], 0)[0]:
                self.step()
            size = min(len(data), PAYLOAD, self.credit - COST)
            self.frame(DATA, first | kind | (LAST if size == len(data) else 0), self.id, data[:size])
            self.credit, data, first = self.credit - COST - size, data[size:], 0

    def step(self):  # takes in one frame
        (type, flags), id = self.socket.read(2), read_varint(self.socket)
        payload = io.BytesIO(self.socket.read(read_varint(self.socket)))
        if type == PING and not flags & ANSWER:
            self.frame(PING, ANSWER, 0, payload.read())
        elif type == OPEN and self.id:
            self.frame(RESET, 0, id, varint(3) + b"takes one client only")
        elif type == OPEN:
            self.id = id
            self.frame(ACCEPT, 0, id)
            self.frame(CREDIT, 0, id, varint(WINDOW - CREDIT_AT_FIRST))
        elif type == ACCEPT:
            print("listening" if self.id == 0 else "connected", file=sys.stderr, flush=True)
        elif type == END:
            self.ended.add(id)
        elif type == RESET and id in (1, self.id):
            raise failure(read_varint(payload), payload.read().decode())
        elif type == CREDIT and id == self.id:
            self.credit += read_varint(payload)
        elif type == DATA and id == self.id:
            self.take(flags, payload.getvalue())
            self.frame(CREDIT, 0, id, varint(len(payload.getvalue()) + COST))

    def take(self, flags, part):
        if flags & KIND == BINARY:
            self.file.write(part)
            return self.digest.update(part)
        self.text += part  # to be decoded as a whole: a part may begin and end inside a character
        if flags & LAST:
            try:
                text, self.text = self.text.decode(), b""
                print(text if flags & KIND == TEXT else json.dumps(json.loads(text)), file=self.texts, flush=True)
            except ValueError as e:
                self.frame(RESET, 0, self.id, varint(8) + str(e).encode()[:200])
                raise failure(8, str(e))

def main(url, command, name, path):
    with open(path, "wb" if command == "listen" else "rb") as file:
        if command == "listen":
            peer = Peer(url, LISTEN, name, file, sys.stderr)
            while peer.id not in peer.ended:
                peer.step()
            peer.send(JSON, json.dumps({"size": file.tell(), "sha256": peer.digest.hexdigest()}).encode())
            peer.frame(END, 0, peer.id)
        else:
            peer = Peer(url, CONNECT, name, sys.stdout.buffer, sys.stdout)
            peer.send(JSON, json.dumps({"name": os.path.basename(path), "size": os.path.getsize(path)}).encode())
            peer.send(BINARY, file.read(1 << 16))
            while part := file.read(1 << 16):
                peer.send(BINARY, part)
        peer.frame(END, 0, 1)
        while 1 not in peer.ended:
            peer.step()
        peer.socket.send(8, struct.pack("!H", 1000))  # END was answered with END, so nothing is under way any more

if __name__ == "__main__":
    if len(sys.argv) != 5 or sys.argv[2] not in ("listen", "connect"):
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except OSError as e:
        sys.exit(str(e))
