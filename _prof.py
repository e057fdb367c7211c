import cProfile,pstats,sys
from pathlib import Path
from datetime import date
from bot.registering.opening import open_tables
from bot.registering.comparing import compare
from bot.registering.stored import read_ours
from bot.facts import read_registry
from bot.service import open_database
db=open_database('sqlite:////tmp/imp/t.db')
with db.read() as s: ours=read_ours(s); lex=read_registry(s).lexicon
o=open_tables(Path('/tmp/imp/10k.xlsx'))
cProfile.run("r=compare(o,ours,lex,file_name='x',sha256='',mapped={},remembered={},today=date(2026,11,22))",'/tmp/imp/prof')
print(r.counts())
pstats.Stats('/tmp/imp/prof').sort_stats('tottime').print_stats(22)
