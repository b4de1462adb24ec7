//! From words to a syntax tree: a Pratt parser (V. R. Pratt, "Top down operator precedence", POPL 1973).
//!
//! From loosest to tightest: `or`; `and`; `not`; comparisons, which do not chain; `+ -`; `* /`; unary `-`.

use super::lexer::{self, Token, TokenKind};
use super::{Expression, Kind, Node, Operator, TextProblem};
use std::ops::Range;

/// Deepest nesting of brackets and signs; what an author can still read is far below.
const DEEPEST: usize = 64;
/// Greatest height of a tree. A long chain as `a or b or c` grows a tree as high as it has parts.
const HIGHEST: usize = 128;

impl Expression {
    /// Reads a text.
    ///
    /// # Errors
    ///
    /// Every word that is wrong, and the first place where the order of words is.
    pub fn parse(text: &str) -> Result<Expression, Vec<TextProblem>> {
        let lexer::Tokens { list, mut problems, broken } = lexer::tokens(text);
        if broken {
            return Err(problems);
        }
        match parse(text, &list) {
            Ok(root) if problems.is_empty() => Ok(Expression { text: text.to_owned(), root }),
            Ok(_) => Err(problems),
            Err(problem) => {
                problems.push(problem);
                Err(problems)
            }
        }
    }
}

fn parse(text: &str, tokens: &[Token]) -> Result<Node, TextProblem> {
    let mut parser = Parser { text, tokens, at: 0, depth: 0 };
    let tree = parser.expression(0)?;
    match parser.peek() {
        None => Ok(tree.node),
        Some(token) => Err(parser.unexpected(token)),
    }
}

/// A node, the height of its tree, and its bytes with the brackets around it.
struct Tree {
    node: Node,
    height: usize,
    extent: Range<usize>,
}

struct Parser<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    depth: usize,
}

impl Operator {
    /// How tightly it binds.
    fn strength(self) -> u8 {
        match self {
            Operator::Or => 1,
            Operator::And => 2,
            Operator::Less
            | Operator::LessOrEqual
            | Operator::Greater
            | Operator::GreaterOrEqual
            | Operator::Equal
            | Operator::NotEqual => 4,
            Operator::Add | Operator::Subtract => 5,
            Operator::Multiply | Operator::Divide => 6,
        }
    }

    pub(super) fn is_comparison(self) -> bool {
        self.strength() == COMPARISON
    }

    pub(super) fn is_arithmetic(self) -> bool {
        self.strength() > COMPARISON
    }

    /// As it is written.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Operator::And => "and",
            Operator::Or => "or",
            Operator::Less => "<",
            Operator::LessOrEqual => "<=",
            Operator::Greater => ">",
            Operator::GreaterOrEqual => ">=",
            Operator::Equal => "==",
            Operator::NotEqual => "!=",
            Operator::Add => "+",
            Operator::Subtract => "-",
            Operator::Multiply => "*",
            Operator::Divide => "/",
        }
    }
}

const NOT: u8 = 3;
const COMPARISON: u8 = 4;
const SIGN: u8 = 7;

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Option<&'a Token> {
        let token = self.tokens.get(self.at);
        self.at += 1;
        token
    }

    fn expression(&mut self, weakest: u8) -> Result<Tree, TextProblem> {
        if self.depth == DEEPEST {
            let at = self.peek().map_or(self.text.len()..self.text.len(), |token| token.span.clone());
            return Err(too_deep(at));
        }
        self.depth += 1;
        let tree = self.operators(weakest);
        self.depth -= 1;
        tree
    }

    fn operators(&mut self, weakest: u8) -> Result<Tree, TextProblem> {
        let mut left = self.operand()?;
        while let Some(&Token { kind: TokenKind::Operator(operator), ref span }) = self.peek() {
            let strength = operator.strength();
            if strength < weakest {
                break;
            }
            self.at += 1;
            let right = self.expression(strength + 1)?;
            if operator.is_comparison()
                && let Some(&Token { kind: TokenKind::Operator(second), span: ref second_span }) = self.peek()
                && second.is_comparison()
            {
                let middle = &self.text[right.extent.clone()];
                let (a, b) = (operator.sign(), second.sign());
                return Err(TextProblem::new(second_span.clone(), "comparisons do not chain")
                    .help(format!("write `{} {a} {middle} and {middle} {b} …`", &self.text[left.extent.clone()])));
            }
            let height = left.height.max(right.height) + 1;
            if height > HIGHEST {
                return Err(too_deep(span.clone()));
            }
            let extent = left.extent.start..right.extent.end;
            let kind = Kind::Binary(operator, Box::new(left.node), Box::new(right.node));
            left = Tree { node: Node { kind, span: extent.clone() }, height, extent };
        }
        Ok(left)
    }

    fn operand(&mut self) -> Result<Tree, TextProblem> {
        let Some(token) = self.next() else {
            return Err(self.missing());
        };
        let span = token.span.clone();
        match token.kind {
            TokenKind::Literal(value, dimension, _) => Ok(leaf(Kind::Literal(value, dimension), span)),
            TokenKind::Name if self.peek().is_some_and(|next| next.kind == TokenKind::Open) => self.call(span),
            TokenKind::Name => Ok(leaf(Kind::Name(self.text[span.clone()].to_owned()), span)),
            TokenKind::Not => {
                let inner = self.expression(NOT)?;
                Ok(wrap(Kind::Not, inner, span))
            }
            TokenKind::Operator(Operator::Subtract) => {
                let inner = self.expression(SIGN)?;
                Ok(wrap(Kind::Negate, inner, span))
            }
            TokenKind::Open => {
                let inner = self.expression(0)?;
                match self.next() {
                    Some(close) if close.kind == TokenKind::Close => {
                        let extent = span.start..close.span.end;
                        Ok(Tree { extent, ..inner })
                    }
                    Some(other) => Err(self.unexpected(other)),
                    None => Err(TextProblem::new(span, "this bracket is never closed").help("add a `)`")),
                }
            }
            TokenKind::Operator(_) | TokenKind::Close | TokenKind::Comma => {
                let word = &self.text[span.clone()];
                Err(TextProblem::new(span, format!("a name or a number is missing before `{word}`")))
            }
        }
    }

    fn call(&mut self, name: Range<usize>) -> Result<Tree, TextProblem> {
        let open = self.at;
        self.at += 1;
        let mut arguments = Vec::new();
        let mut height = 0;
        let end = loop {
            if let Some(close) = self.peek().filter(|token| arguments.is_empty() && token.kind == TokenKind::Close) {
                self.at += 1;
                break close.span.end;
            }
            let argument = self.expression(0)?;
            height = height.max(argument.height);
            arguments.push(argument.node);
            match self.next() {
                Some(token) if token.kind == TokenKind::Comma => {}
                Some(token) if token.kind == TokenKind::Close => break token.span.end,
                Some(token) => return Err(self.unexpected(token)),
                None => {
                    let bracket = self.tokens[open].span.clone();
                    return Err(TextProblem::new(bracket, "this bracket is never closed").help("add a `)`"));
                }
            }
        };
        if height >= HIGHEST {
            return Err(too_deep(name));
        }
        let extent = name.start..end;
        let kind = Kind::Call(self.text[name.clone()].to_owned(), arguments);
        Ok(Tree { node: Node { kind, span: name }, height: height + 1, extent })
    }

    fn missing(&self) -> TextProblem {
        let end = self.text.trim_end().len();
        match self.tokens.last() {
            None => TextProblem::new(0..self.text.len(), "there is nothing here"),
            Some(last) => TextProblem::new(
                last.span.start..end,
                format!("a name or a number is missing after `{}`", &self.text[last.span.clone()]),
            ),
        }
    }

    fn unexpected(&self, token: &Token) -> TextProblem {
        let word = &self.text[token.span.clone()];
        let problem = TextProblem::new(token.span.clone(), format!("`{word}` is not expected here"));
        match token.kind {
            TokenKind::Close => problem.help("it closes no bracket"),
            TokenKind::Comma => problem.help("commas stand between the arguments of a function, as in `max(a, b)`"),
            TokenKind::Name if word == "to" => {
                problem.help("a range stands alone, as `2h to 30h`; name it under [uncertainty] to use it in a formula")
            }
            _ => problem.help("an operator is missing before it, as `and`, `+` or `>`"),
        }
    }
}

fn leaf(kind: Kind, span: Range<usize>) -> Tree {
    Tree { node: Node { kind, span: span.clone() }, height: 1, extent: span }
}

fn wrap(kind: fn(Box<Node>) -> Kind, inner: Tree, sign: Range<usize>) -> Tree {
    let extent = sign.start..inner.extent.end;
    let height = inner.height + 1;
    Tree { node: Node { kind: kind(Box::new(inner.node)), span: extent.clone() }, height, extent }
}

fn too_deep(at: Range<usize>) -> TextProblem {
    TextProblem::new(at, "this is nested too deeply or has too many parts")
        .help("split it into several, or name a part of it")
}
