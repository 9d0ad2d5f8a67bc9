"""What a host survives, each through a real process: kills, a full disk, a lost file, signals, a taken port, TLS."""

from __future__ import annotations

import io
import re
import resource
import shutil
import signal
import socket
import ssl
import subprocess
from pathlib import Path

import aiohttp
import pexpect
import pytest

from sim.lesson import Lesson
from tests.serve.hosts import ROOT, HostProcess, a_lesson, command, free_port, said
from tests.serve.kills import survive
from tests.serve.people import Browser

PROC = Path("/proc")


def port_of(host: HostProcess) -> str:
    """The port of a host."""
    return host.base.rsplit(":", 1)[1]


def browser(host: HostProcess, token: str) -> Browser:
    """A browser with the cookie of a seat."""
    return Browser(host.base, Cookie=f"detente-seat-{port_of(host)}={token}")


async def test_ten_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    """SIGKILL while three people order and write: all they were told is there, once, and their cookies open their seats."""
    assert await survive(tmp_path, 11, 10) > 60


async def test_who_has_the_port_or_the_file_keeps_it(tmp_path: Path) -> None:
    """A second host on the port or on the lesson is refused in one sentence; the first goes on, and tells when it ends."""
    people = a_lesson(tmp_path / "class.detente")
    other = tmp_path / "other"
    other.mkdir()
    with HostProcess(tmp_path / "class.detente", home=tmp_path) as host:
        told = said("host", "first-round", "--bind", "127.0.0.1", "--port", port_of(host), "--save", other / "b.detente",
                    home=other, code=2)
        assert re.fullmatch(r"Error: The host cannot listen on 127\.0\.0\.1 port \d+ \(Address already in use\); choose another "
                            r"--port or --bind\. \(D393\)\n", told)
        told = said("host", tmp_path / "class.detente", "--bind", "127.0.0.1", "--port", "0", home=other, code=1)
        assert told.count("\n") == 1
        assert "is open in another Detente; close it there first." in told
        async with browser(host, people["Ada"][1]) as ada:
            terminal = await ada.terminal((80, 24))
            await terminal.until(lambda screen: screen.strip())
            host.process.send_signal(signal.SIGTERM)
            assert await terminal.closed() == 4003
        code, out, err = host.end()
    assert (code, err) == (0, "")
    assert "The lesson is saved" in out


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="the disk of another process is filled by its limit on Linux alone")
async def test_a_full_disk_and_a_removed_file_lose_nothing(tmp_path: Path) -> None:
    """Nothing is acknowledged while it cannot be kept, in one sentence without a path; a removed file is written anew."""
    file = tmp_path / "class.detente"
    people = a_lesson(file)
    with HostProcess(file, home=tmp_path) as host:
        async with browser(host, people["Ada"][1]) as ada:
            async def written(text: str) -> str:
                _, page = await ada.get("/text")
                seal = re.search(r'name="seal" value="([^"]+)"', page)
                assert seal is not None
                status, page = await ada.post("/text/send", {"text": text, "to": "public", "once": text[:20], "seal": seal[1]})
                assert status == 200
                found = re.search(r'<p class="(?:said|problem)" role="alert">(.*?)</p>', page)
                assert found is not None
                return found[1]

            assert "disk is full" not in await written("The first.")
            limits = resource.prlimit(host.process.pid, resource.RLIMIT_FSIZE)
            resource.prlimit(host.process.pid, resource.RLIMIT_FSIZE, (0, limits[1]))
            told = await written("Not kept. " * 190)
            assert "Nothing was done." in told
            assert str(tmp_path) not in told
            assert told.count(". ") == 2
            assert (await ada.get("/alive"))[0] == 200
            resource.prlimit(host.process.pid, resource.RLIMIT_FSIZE, limits)
            file.unlink()
            assert "Nothing was done" not in await written("The second.")
            assert file.stat().st_mode & 0o077 == 0
        host.kill()
        assert host.told() == ""
    with Lesson.resume(file) as lesson:
        assert [m.text for m in lesson.messages("facilitator", table=1) if m.text.startswith("The ")] == ["The first.", "The second."]


async def test_nothing_secret_stands_in_the_log_or_the_process_list(tmp_path: Path) -> None:
    """Neither tokens nor the facilitator's secret nor codes nor the seed, whatever was sent; and addresses hold none."""
    file = tmp_path / "class.detente"
    people = a_lesson(file)
    secrets = [token for _, token in people.values()]
    with HostProcess(file, home=tmp_path) as host:
        secrets += re.findall(r"[0-9a-f]{64}", host.printed)
        codes = re.findall(r"/j/(\S+)", host.printed)
        assert len(codes) == 3
        async with browser(host, people["Ada"][1]) as ada:
            addresses = []
            for path in ("/", "/seat", "/text", f"/text?token={secrets[0]}", "/facilitator"):
                async with ada.web.get(host.base + path) as answer:
                    addresses += [str(answer.url), *(str(one.url) for one in answer.history)]
                    assert answer.headers["Referrer-Policy"] == "same-origin"
            form = {"code": codes[0], "name": "Zoe", "to": "text"}
            async with ada.web.post(host.base + "/join", data=form, headers={"Origin": host.base}) as answer:
                addresses += [str(answer.url), *(str(one.url) for one in answer.history)]
            own = [address for address in addresses if "token=" not in address]
            assert not any(secret in address for secret in (*secrets, *codes) for address in own)
            async with ada.web.ws_connect(f"{host.base}/ws/blocks", headers={"Origin": host.base}) as socket_:
                await socket_.send_str("\x1b[2J" + secrets[0])
        # what is no HTTP at all
        for raw in (f"GET /\x1b[2J{secrets[0]} HTTP/9\r\n\r\n", f"{secrets[0]}\r\n\r\n", "GET / HTTP/1.1\r\nHost: \x1b]0;x\x07\r\n\r\n"):
            with socket.create_connection(("127.0.0.1", int(port_of(host)))) as line:
                line.sendall(raw.encode())
                line.shutdown(socket.SHUT_WR)
                while line.recv(4096):
                    pass
        if PROC.is_dir():  # noqa: ASYNC240 a look at the host's own process, which is at rest
            seen = b"".join((PROC / str(host.process.pid) / name).read_bytes() for name in ("cmdline", "environ")).decode()
            assert not any(secret in seen for secret in (*secrets, *codes))
        # the terminal that it was started from is closed
        code, out, err = host.end(signal.SIGHUP)
    assert (code, err) == (0, "")
    kept = host.told() + out
    assert not any(secret in kept for secret in (*secrets, *codes))
    assert "\x1b" not in kept
    assert not any(secret.encode() in file.read_bytes() for secret in secrets)


def at_a_tty(*words: str | Path, home: Path) -> pexpect.spawn:
    """A command with a terminal of its own."""
    args, env = command(*words, home=home)
    return pexpect.spawn(args[0], args[1:], env={**env, "TERM": "xterm-256color"}, cwd=str(ROOT), timeout=40, encoding="utf-8",
                         dimensions=(40, 120))


def test_one_ctrl_c_asks_and_two_end(tmp_path: Path) -> None:
    """At a terminal the host is not ended by a slip of the hand."""
    a_lesson(tmp_path / "class.detente")
    host = at_a_tty("host", tmp_path / "class.detente", "--bind", "127.0.0.1", "--port", str(free_port()), "--ready", "0", home=tmp_path)
    host.expect("Ctrl-C ends")
    host.sendintr()
    host.expect("Ctrl-C again ends it")
    host.sendintr()
    host.expect("The lesson is saved")
    host.expect(pexpect.EOF)
    host.close()
    assert host.exitstatus == 0


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate that the teacher has made, and its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("there is no openssl to make a certificate with")
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run([openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                    "-subj", "/CN=class", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder / "key.pem",
                    "-out", folder / "cert.pem"], check=True, capture_output=True)
    return folder / "cert.pem", folder / "key.pem"


async def test_under_tls_cookies_are_closed_and_terminals_join(tmp_path: Path, certificate: tuple[Path, Path]) -> None:
    """Pages and terminals are encrypted; `detente join` trusts the certificate it is given, and no other."""
    cert, key = certificate
    a_lesson(tmp_path / "class.detente")
    with HostProcess(tmp_path / "class.detente", "--tls-cert", str(cert), "--tls-key", str(key), home=tmp_path) as host:
        base = host.base
        assert base.startswith("https://")
        code = re.findall(r"/j/(\S+)", host.printed)[0]
        trusting = ssl.create_default_context(cafile=str(cert))
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), connector=aiohttp.TCPConnector(ssl=trusting),
                                         headers={"Origin": base}) as web:
            async with web.post(f"{base}/join", data={"code": code, "name": "Zoe"}, allow_redirects=False) as answer:
                cookie = answer.headers["Set-Cookie"]
            assert cookie.startswith("__Host-detente-seat-")
            assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"))
            assert "Domain" not in cookie
            async with web.ws_connect(f"{base}/ws/blocks?width=80&height=24") as line:
                assert (await line.receive(timeout=20)).type is aiohttp.WSMsgType.BINARY
            # from a page that was not encrypted
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await web.ws_connect(f"{base}/ws/blocks", headers={"Origin": base.replace("https", "http")})
        with socket.create_connection(("127.0.0.1", int(port_of(host)))) as plain:
            plain.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            while plain.recv(4096):
                pass
        for given, sentence in (((), "not one that this machine trusts"), (("--tls-cert", str(key)), "is no certificate")):
            stranger = at_a_tty("join", f"{base}/j/{code}", "--name", "Yan", *given, home=tmp_path)
            stranger.expect(pexpect.EOF)
            stranger.close()
            assert stranger.exitstatus == 2
            told = " ".join((stranger.before or "").split())
            assert sentence in told
            assert "Traceback" not in told
        joined = at_a_tty("join", f"{base}/j/{code}", "--name", "Yan", "--tls-cert", str(cert), home=tmp_path)
        shown = joined.logfile_read = io.StringIO()
        joined.expect("Velmora")
        joined.send("\x1d")
        joined.expect("Your seat is kept")
        joined.expect(pexpect.EOF)
        joined.close()
        assert joined.exitstatus == 0
        assert shown.getvalue().rindex("\x1b[?1049l") > shown.getvalue().rindex("\x1b[?1049h"), "the terminal was not given back"
        # nobody can be asked where there is no terminal
        code_, _, err = host.end(signal.SIGINT)
    assert (code_, err, host.told()) == (0, "", "")
