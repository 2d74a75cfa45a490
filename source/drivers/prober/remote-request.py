# One request over a connection of its own: the second part of the program that remote-probe.py ends.
import errno
import select
import socket
import struct
import time

try:
    import ssl
except ImportError:
    ssl = None

ABANDON_MS = 3000  # the model's LATE_WITHIN_MS
# Whoever closes first keeps the port in TIME_WAIT for a minute, and at 1,000 requests a second that
# is all of them within 40 s: so reset (exchange.mjs has the same).
RESET = struct.pack('ii', 1, 0)
REASONS = {
    errno.ECONNREFUSED: 'refused',
    errno.ECONNRESET: 'reset',
    errno.EPIPE: 'reset',
    errno.EHOSTUNREACH: 'unreachable',
    errno.ENETUNREACH: 'unreachable',
    errno.ETIMEDOUT: 'connect-timeout',
    errno.EADDRNOTAVAIL: 'no-source-port',
    errno.EMFILE: 'no-file-handle',
    errno.ENFILE: 'no-file-handle',
}
LATER = (errno.EAGAIN, errno.EWOULDBLOCK, errno.EINPROGRESS)
WANTS_TO_READ = ssl.SSLWantReadError if ssl else ()
WANTS_TO_WRITE = ssl.SSLWantWriteError if ssl else ()
ENDED_BARE = ssl.SSLEOFError if ssl else ()
TLS_FAILED = ssl.SSLError if ssl else ()

epoll = select.epoll()
asked = {}  # by file handle: what waits for an answer
tls_context = None


def now_ms():
    return time.monotonic() * 1000


def reason_of(number):
    return REASONS.get(number) or errno.errorcode.get(number, 'error').lower()


class Request:
    """One request over a connection of its own."""

    def __init__(self, target, n, scheduled_ms, report):
        self.target, self.n, self.report, self.sent_ms = target, n, report, now_ms()
        self.deadline_ms = scheduled_ms + ABANDON_MS
        self.connecting, self.handshaking, self.done = True, False, False
        self.socket, self.answer = None, bytearray()
        words = (target['path'], target['host'])
        text = 'GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: iam-ha-wizard\r\nConnection: close\r\n\r\n'
        self.unsent = (text % words).encode()

    def open(self):
        address, port = self.target['address'], self.target['port']
        try:
            family = socket.AF_INET6 if ':' in address else socket.AF_INET
            self.socket = socket.socket(family, socket.SOCK_STREAM)
            self.socket.setblocking(False)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            number = self.socket.connect_ex((address, port))
        except OSError as error:
            number = error.errno
        if number and number not in LATER:
            return self.end(reason_of(number))
        asked[self.socket.fileno()] = self
        epoll.register(self.socket.fileno(), select.EPOLLOUT)

    def end(self, reason=None, headers=None):
        if self.done:
            return
        self.done = True
        ended_ms = now_ms()
        if self.socket:
            self.close()
        who = [self.first_of(key, headers or {}) for key in ('nodeHeaders', 'backendHeaders')]
        self.report([self.target['index'], self.n, self.sent_ms, ended_ms, reason] + who)

    def close(self):
        asked.pop(self.socket.fileno(), None)
        try:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        except OSError:
            pass  # the other side has reset it already
        self.socket.close()

    def first_of(self, key, headers):
        return next((headers[name] for name in self.target[key] if headers.get(name)), None)

    def give_up(self):
        self.end('connect-timeout' if self.connecting else 'answer-timeout')

    def go_on(self):
        """As far as it goes without waiting."""
        try:
            self.talk()
        except BlockingIOError:
            pass
        except WANTS_TO_READ:
            epoll.modify(self.socket.fileno(), select.EPOLLIN)
        except WANTS_TO_WRITE:
            epoll.modify(self.socket.fileno(), select.EPOLLOUT)
        except ENDED_BARE:
            self.receive(True)
        except TLS_FAILED:
            self.end('tls-failed')
        except OSError as error:
            self.end(reason_of(error.errno))

    def talk(self):
        if self.connecting and not self.connected():
            return
        if self.handshaking:
            self.socket.do_handshake()
            self.handshaking = False
        while self.unsent:
            self.unsent = self.unsent[self.socket.send(self.unsent) :]
            if not self.unsent:
                epoll.modify(self.socket.fileno(), select.EPOLLIN)
        while not self.done:
            piece = self.socket.recv(65536)
            self.answer += piece
            self.receive(not piece)

    def connected(self):
        number = self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if number:
            self.end(reason_of(number))
            return False
        self.connecting = False
        tls = self.target.get('tls')
        if tls:
            self.handshaking = True
            self.socket = context().wrap_socket(
                self.socket, server_hostname=tls['serverName'], do_handshake_on_connect=False
            )
        return True

    def receive(self, is_over):
        answer = read_answer(bytes(self.answer), is_over)
        if answer:
            reason, status, headers, body = answer
            self.end(reason or self.why_not_good(status, body), headers)

    def why_not_good(self, status, body):
        expected = self.target.get('expectBody')
        if status != 200:
            return 'status-%d' % status
        is_expected = expected is None or body.decode('utf-8', 'replace').strip() == expected.strip()
        return None if is_expected else 'unexpected-body'


def context():
    """Whoever answers is believed; a handshake of its own each time, as a new client's."""
    global tls_context
    if not tls_context:
        tls_context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        tls_context.check_hostname = False
        tls_context.verify_mode = ssl.CERT_NONE
    return tls_context
