"""`python -m repair` is the command `repair`."""

from repair.cli.main import run

if __name__ == "__main__":
    run()
