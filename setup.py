"""Builds the compiled parts, the solver and the scan of a search. Without a compiler NumPy does their work."""

import sys

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

NOTICE = "waystation: no native solver or scan was built ({why}); NumPy does their work: same answers, slower.\n"
FOLDER = "src/waystation/planning/engine/native"
HEADERS = ("kernel.h", "layout.h", "kernel_body.h", "rates_body.h", "fields.h", "chain.h", "lists.h",
           "follow.h", "slopes.h", "chain_body.h")
UNIX = ["-std=c++17", "-O3", "-ffp-contract=fast", "-fvisibility=hidden", "-g0"]
WINDOWS = ["/std:c++17", "/O2", "/EHsc"]
FLAGS = WINDOWS if sys.platform == "win32" else UNIX


class OptionalBuild(build_ext):
    """Like build_ext, but says in one line why nothing native was built."""

    def run(self):
        try:
            super().run()
        except Exception as error:  # noqa: BLE001 - whatever a missing or broken compiler raises
            self.notice(error)

    def build_extension(self, extension):
        try:
            super().build_extension(extension)
        except Exception as error:  # noqa: BLE001
            self.notice(error)

    def notice(self, error):
        sys.stderr.write(NOTICE.format(why=type(error).__name__))


def extensions():
    try:
        import pybind11
    except ImportError:
        sys.stderr.write(NOTICE.format(why="pybind11 is not installed"))
        return []
    return [Extension(
        "waystation.planning.engine._native", [f"{FOLDER}/module.cpp", f"{FOLDER}/chain.cpp"],
        include_dirs=[pybind11.get_include(), FOLDER],
        depends=[f"{FOLDER}/{name}" for name in HEADERS],
        extra_compile_args=FLAGS, language="c++", optional=True),
        Extension(
            "waystation.linkage._scan", ["src/waystation/linkage/native/scan.cpp"],
            include_dirs=[pybind11.get_include()], extra_compile_args=FLAGS, language="c++", optional=True)]


setup(ext_modules=extensions(), cmdclass={"build_ext": OptionalBuild})
