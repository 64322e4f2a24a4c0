"""Builds the one compiled part, the native solver. Without a compiler the installation succeeds and plans in NumPy."""

import sys

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

NOTICE = "waystation: no native solver was built ({why}); plans are computed in NumPy: same answers, slower.\n"
FOLDER = "src/waystation/planning/engine/native"
HEADERS = ("kernel.h", "layout.h", "kernel_body.h", "rates_body.h", "fields.h", "chain.h", "lists.h",
           "follow.h", "slopes.h", "chain_body.h")
UNIX = ["-std=c++17", "-O3", "-ffp-contract=fast", "-fvisibility=hidden", "-g0"]
WINDOWS = ["/std:c++17", "/O2", "/EHsc"]


class OptionalBuild(build_ext):
    """Like build_ext, but says in one line why there is no native solver."""

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
        extra_compile_args=WINDOWS if sys.platform == "win32" else UNIX, language="c++", optional=True)]


setup(ext_modules=extensions(), cmdclass={"build_ext": OptionalBuild})
