using System.Text;
using Trama.View.Keyboard;

namespace Trama.View.Screen;

/// <summary>A question in the line above the keys: a text is typed, or one key answers.</summary>
internal sealed class Prompt
{
    private readonly Func<string, string?>? _accept;
    private readonly Func<char, bool>? _answer;
    private readonly List<Rune> _text;

    private Prompt(string label, string text, Func<string, string?>? accept, Func<char, bool>? answer) =>
        (Label, _text, _accept, _answer) = (label, [.. text.EnumerateRunes()], accept, answer);

    /// <summary>Asks for a text.</summary>
    /// <param name="label">What is asked.</param>
    /// <param name="text">What stands there already.</param>
    /// <param name="accept">Takes the text; why it is refused, null when it is not.</param>
    public static Prompt ForText(string label, string text, Func<string, string?> accept) => new(label, text, accept, null);

    /// <summary>Asks for one key.</summary>
    /// <param name="label">What is asked.</param>
    /// <param name="answer">Takes the key; whether it is an answer.</param>
    public static Prompt ForKey(string label, Func<char, bool> answer) => new(label, "", null, answer);

    /// <summary>What is asked.</summary>
    public string Label { get; }

    /// <summary>What was typed so far.</summary>
    public string Text => string.Concat(_text);

    /// <summary>Whether a text is typed.</summary>
    public bool IsForText => _accept is not null;

    /// <summary>Why the text was refused; null when it was not.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Takes a key; false when the question is over.</summary>
    public bool Take(Key key)
    {
        const int longest = 4096;
        if (key.Kind == KeyKind.Escape || key.IsControl('c')) return false;
        if (_answer is not null) return key.Kind == KeyKind.Character && key.Character.IsAscii && !_answer((char)key.Character.Value);
        if (key.Kind == KeyKind.Enter) return (Refusal = _accept!(Text)) is not null;
        Refusal = null;
        if (key.Kind == KeyKind.Character && _text.Count < longest) _text.Add(key.Character);
        else if (key.Kind == KeyKind.Backspace && _text.Count > 0) _text.RemoveAt(_text.Count - 1);
        else if (key.IsControl('u')) _text.Clear();
        else if (key.IsControl('w')) EraseWord();
        return true;
    }

    private void EraseWord()
    {
        while (_text.Count > 0 && Rune.IsWhiteSpace(_text[^1])) _text.RemoveAt(_text.Count - 1);
        while (_text.Count > 0 && !Rune.IsWhiteSpace(_text[^1])) _text.RemoveAt(_text.Count - 1);
    }
}
