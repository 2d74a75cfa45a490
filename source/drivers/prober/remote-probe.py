# The prober on a third machine that has no Node: what remote-probe.mjs does, with Python's standard
# library alone (3.6 or newer); remote-answer.py and remote-request.py come before it. JSON Lines on
# standard input and output, times by this machine's monotonic clock in ms. It is sent over standard
# input and leaves nothing behind; it ends with its standard input, or after its time.
import gc
import json
import os
import resource
from collections import deque

BATCH_MS = 50


class Mouth:
    """What does not fit waits: a connection that stands still must not hold up the schedule."""

    def __init__(self):
        self.unsaid, self.ends, self.next_ms = bytearray(), [], 0

    def say(self, **message):
        self.unsaid += json.dumps(message).encode() + b'\n'
        self.speak()

    def speak(self):
        try:
            while self.unsaid:
                del self.unsaid[: os.write(1, self.unsaid[:65536])]
        except BlockingIOError:
            pass

    def speak_in_time(self, now):
        if now < self.next_ms:
            return
        self.next_ms = now + BATCH_MS
        if self.ends:
            self.say(kind='ends', ends=self.ends)
            self.ends = []
        self.speak()

    def finish(self):
        self.speak_in_time(self.next_ms)
        self.say(kind='stopped')


class Schedule:
    """The open loop: request n is sent at start + n x interval, whatever became of those before."""

    def __init__(self, plan, report):
        self.start_ms, self.rate = plan['startMs'], plan['ratePerSecond']
        self.targets, self.report, self.next = plan['targets'], report, 0
        self.is_stopping = False
        self.waiting = deque()  # by deadline, which is their order; those that are done leave it later

    def due_ms(self):
        return self.start_ms + self.next * 1000 / self.rate

    def send_due(self, now):
        while not self.is_stopping and self.due_ms() <= now:
            for target in self.targets:
                if self.next % target.get('every', 1) == 0:
                    self.send(Request(target, self.next, self.due_ms(), self.report))
            self.next += 1

    def send(self, request):
        # The computer slept: hours of requests are due, and none of them can be answered in time.
        if request.deadline_ms <= request.sent_ms:
            return request.end('not-sent')
        self.waiting.append(request)
        request.open()

    def expire(self, now):
        while self.waiting and (self.waiting[0].done or self.waiting[0].deadline_ms <= now):
            self.waiting.popleft().give_up()

    def stop(self):
        self.send_due(now_ms())
        self.is_stopping = True

    def is_over(self):
        return self.is_stopping and all(request.done for request in self.waiting)

    def next_ms(self):
        first = [self.waiting[0].deadline_ms] if self.waiting else []
        return min(first + ([] if self.is_stopping else [self.due_ms()]), default=float('inf'))


class Probe:
    def __init__(self):
        self.mouth, self.heard, self.schedule, self.over_ms = Mouth(), b'', None, float('inf')

    def run(self):
        self.mouth.say(kind='ready', tls=ssl is not None)
        while now_ms() < self.over_ms:
            if self.schedule:
                self.schedule.send_due(now_ms())
                self.schedule.expire(now_ms())
                if self.schedule.is_over():
                    self.schedule = None
                    self.mouth.finish()
            self.mouth.speak_in_time(now_ms())
            if not self.listen():
                return

    def listen(self):
        """Until something is due. False: nobody is there any more."""
        until_ms = min(self.mouth.next_ms, self.over_ms)
        if self.schedule:
            until_ms = min(until_ms, self.schedule.next_ms())
        for handle, _ in epoll.poll(max(0, until_ms - now_ms()) / 1000):
            if handle in asked:
                asked[handle].go_on()
            elif handle == 0 and not self.hear():
                return False
        return True

    def hear(self):
        piece = os.read(0, 65536)
        *lines, self.heard = (self.heard + piece).split(b'\n')
        for line in lines:
            self.obey(json.loads(line.decode()))
        return bool(piece)

    def obey(self, message):
        if message['kind'] == 'clock':
            self.mouth.say(**dict(message, atMs=now_ms()))
        elif message['kind'] == 'start':
            self.schedule = Schedule(message['plan'], lambda end: self.mouth.ends.append(end))
            self.over_ms = now_ms() + message['endsAfterMs']
        elif message['kind'] == 'stop' and self.schedule:
            self.schedule.stop()


def go_first():
    """Before everything else that wants the processor; it needs root (raise.mjs has the same)."""
    for raised in (
        lambda: os.sched_setscheduler(0, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(1)),
        lambda: os.setpriority(os.PRIO_PROCESS, 0, -20),
    ):
        try:
            return raised()
        except OSError:
            pass  # a service's control group may have no real time; then as everybody else


def main():
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    gc.disable()  # its pause would be the prober's lag; what it would free is gone in minutes
    go_first()
    os.set_blocking(0, False)
    os.set_blocking(1, False)
    epoll.register(0, select.EPOLLIN)
    try:
        Probe().run()
    except (BrokenPipeError, ConnectionResetError):
        pass  # nobody listens any more


main()
