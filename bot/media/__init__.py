"""
Files that people send: looked at in a process of their own, cleaned, and stored under their SHA-256.

`store` fetches and keeps; `examiner` starts `examine` for each file, which tells kinds apart by content
(`kinds`), takes out what says more than the picture (`jpeg`, `png`, `gif`, `webp`, `heif`, `exif`), decodes
(`pictures`) and looks through papers (`pdf`, `office`, `ole`). `look` says what a picture looks like.
"""
