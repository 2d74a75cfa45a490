# An HTTP answer, read as far as it has come: the first part of the program that remote-probe.py ends.
BODY_LIMIT = 64 * 1024
HEAD_LIMIT = 16 * 1024


def read_answer(data, is_over):
    """(reason, status, headers, body), or None as long as it is not whole."""
    head_ends = data.find(b'\r\n\r\n')
    if data[:5] != b'HTTP/'[: len(data)] or (head_ends < 0 and len(data) > HEAD_LIMIT):
        return 'not-http', 0, {}, b''
    if head_ends < 0:
        return ('closed-early', 0, {}, b'') if is_over else None
    lines = data[:head_ends].decode('latin-1').split('\r\n')
    word = lines[0].split(' ')[1:2]
    if not (word and word[0].isdigit()):
        return 'not-http', 0, {}, b''
    status, rest = int(word[0]), data[head_ends + 4 :]
    if 100 <= status < 200:
        return read_answer(rest, is_over)
    headers = {}
    for line in lines[1:]:
        key, _, value = line.partition(':')
        key = key.strip().lower()
        headers[key] = headers[key] + ', ' + value.strip() if key in headers else value.strip()
    body = read_body(headers, rest, is_over, status)
    if body is not None and len(body) > BODY_LIMIT or len(rest) > 2 * BODY_LIMIT:
        return 'answer-too-large', status, {}, b''
    if body is None:
        return ('cut-short', status, {}, b'') if is_over else None
    return None, status, headers, body


def read_body(headers, rest, is_over, status):
    if status in (204, 304):
        return b''
    if headers.get('transfer-encoding', '').lower().endswith('chunked'):
        return read_chunks(rest)
    length = headers.get('content-length', '')
    if length.isdigit():
        # more than the limit is not waited for
        whole = min(int(length), BODY_LIMIT + 1)
        return rest[:whole] if len(rest) >= whole else None
    return rest if is_over or len(rest) > BODY_LIMIT else None


def read_chunks(rest):
    body, at = b'', 0
    while True:
        line_ends = rest.find(b'\r\n', at)
        if line_ends < 0:
            return None
        try:
            size = int(rest[at:line_ends].split(b';')[0], 16)
        except ValueError:
            return None
        begins = line_ends + 2
        if size == 0:
            return body if rest[begins:].endswith(b'\r\n') else None
        if len(rest) < begins + size + 2:
            return None
        body += rest[begins : begins + size]
        at = begins + size + 2
