/** Words of scenario files (.scn). A line is a statement; a # begins a comment. */
lexer grammar ScnLexer;

CHECK: 'check';
CONFIG: 'config';
FAULT: 'fault';
FILE: 'file';
FINALLY: 'finally';
IN: 'in';
INTERLEAVE: 'interleave';
OUTCOME: 'outcome';
PAGE: 'page';
PROCESS: 'process';
REPLAY: 'replay' -> pushMode(TEXT_LINE);
SCENARIO: 'scenario';
SETUP: 'setup';
TASK: 'task';
TITLE: 'title' -> pushMode(TEXT_LINE);
UNTIL: 'until';
VIOLATES: 'violates';
VMA: 'vma';

EQUALS: '==';
ASSIGN: '=';
OPEN: '[';
CLOSE: ']';
RANGE: '..';
COLON: ':';
PIPE: '|';
COMMA: ',';
STAR: '*';

NUMBER: [0-9]+;
ID: [A-Za-z_] [A-Za-z0-9_]* ('-' [A-Za-z0-9_]+)*;
ERRNO: '-' [A-Z0-9]+;
DASH: '-';
STRING: '"' ~["\r\n]* '"';

NL: '\r'? '\n';
COMMENT: '#' ~[\r\n]* -> channel(HIDDEN);
SPACE: [ \t]+ -> skip;
UNKNOWN: .;

mode TEXT_LINE;
TEXT: ~[\r\n]+ -> popMode;
TEXT_NL: '\r'? '\n' -> type(NL), popMode;
