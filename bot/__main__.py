"""`python -m bot` is `sistercity`."""

from bot.cli import main

if __name__ == "__main__":
    main()
