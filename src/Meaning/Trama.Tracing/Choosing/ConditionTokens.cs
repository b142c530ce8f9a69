using System.Text;

namespace Trama.Tracing.Choosing;

/// <summary>Divides the text of a condition into words.</summary>
internal sealed class ConditionTokens
{
    private static readonly string[] Operators = ["==", "!=", "<=", ">=", "!~", "=", "<", ">", "~"];

    private readonly string _text;
    private int _at;

    public ConditionTokens(string text)
    {
        _text = text;
        Next();
    }

    /// <summary>The word at hand.</summary>
    public ConditionToken Current { get; private set; }

    /// <summary>Goes on to the next word.</summary>
    public void Next()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
        int start = _at;
        if (_at == _text.Length) Current = new(ConditionToken.Kinds.End, start, "");
        else if (_text[_at] is '(' or ')') Take(_text[_at] == '(' ? ConditionToken.Kinds.Open : ConditionToken.Kinds.Close, 1);
        else if (_text[_at] is '\'' or '"') Quoted();
        else if (Operators.FirstOrDefault(word => string.CompareOrdinal(_text, start, word, 0, word.Length) == 0) is { } found)
        {
            Take(ConditionToken.Kinds.Operator, found.Length);
        }
        else
        {
            int length = 0;
            while (start + length < _text.Length && IsOfWord(_text[start + length])) length++;
            Take(length > 0 ? ConditionToken.Kinds.Word : ConditionToken.Kinds.Other, Math.Max(1, length));
        }
    }

    private void Take(ConditionToken.Kinds kind, int length)
    {
        Current = new(kind, _at, _text.Substring(_at, length));
        _at += length;
    }

    // In quotes, a backslash stands before a quote that belongs to the text.
    private void Quoted()
    {
        int start = _at;
        char quote = _text[_at++];
        var said = new StringBuilder();
        while (_at < _text.Length && _text[_at] != quote)
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length && _text[_at + 1] == quote) _at++;
            said.Append(_text[_at++]);
        }

        bool isClosed = _at < _text.Length;
        if (isClosed) _at++;
        Current = new(isClosed ? ConditionToken.Kinds.Quoted : ConditionToken.Kinds.OpenQuote, start, said.ToString());
    }

    private static bool IsOfWord(char character) =>
        !char.IsWhiteSpace(character) && character is not ('(' or ')' or '\'' or '"' or '=' or '<' or '>' or '~' or '!');
}
