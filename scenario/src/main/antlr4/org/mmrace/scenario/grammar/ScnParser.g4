/** Statements of scenario files (.scn). Which of them make sense together is decided elsewhere. */
parser grammar ScnParser;

options { tokenVocab = ScnLexer; }

scn: NL* (statement NL+)* EOF;

statement
    : SCENARIO ID                           # scenarioLine
    | TITLE TEXT?                           # titleLine
    | FAULT ID                              # faultLine
    | CONFIG pair+                          # configLine
    | FILE ID attribute*                    # fileLine
    | PAGE ID+ pair*                        # pageLine
    | PROCESS ID attribute*                 # processLine
    | VMA ID IN ID attribute*               # vmaLine
    | SETUP                                 # setupLine
    | TASK ID IN ID                         # taskLine
    | FINALLY                               # finallyLine
    | INTERLEAVE                            # interleaveLine
    | CHECK call EQUALS value               # checkLine
    | OUTCOME ID term+ STRING?              # outcomeLine
    | VIOLATES cause+                       # violatesLine
    | REPLAY TEXT?                          # replayLine
    | ID UNTIL word+                        # turnLine
    | (ID ASSIGN)? call                     # stepLine
    ;

call: ID argument*;

argument
    : (ID COLON)? ID pages                  # regionArgument
    | ID COLON ID                           # elsewhereArgument
    | ID (PIPE ID)*                         # wordArgument
    | NUMBER                                # numberArgument
    ;

pages: OPEN NUMBER (RANGE NUMBER)? CLOSE;

attribute: pair | ID;

pair: key ASSIGN setting;

key: ID | FAULT | FILE | PAGE;

setting
    : (ID COLON)? atom (COMMA atom)*        # listSetting
    | ID (PIPE ID)+                         # flagsSetting
    ;

atom: ID | NUMBER | PAGE;

term: ID ASSIGN value (PIPE value)*;

cause: ID | OUTCOME;

value: ID | NUMBER | ERRNO | DASH | STAR | FILE;

word: ID | NUMBER | IN | COLON | OPEN | CLOSE | FILE | PAGE | PROCESS | VMA;
