"""
The registry as a sheet: the ministry's own is read and compared with ours, ours is written out again.

`tables` and what it opens files with (`workbook`, `comma`) turn a file into rows within fixed limits; `headings`,
`values` and `reading` say what the rows mean; `reconciling` compares them with `ours`: all pure, but for the
file itself. Only `stored` and `applying` know the database.
"""
