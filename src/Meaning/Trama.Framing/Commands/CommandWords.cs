using System.Text;

namespace Trama.Framing.Commands;

/// <summary>What a line of SMTP, FTP or POP3 asks for: its words without those that prove who somebody is.</summary>
internal sealed class CommandWords
{
    private const int MaxVerb = 16;

    private readonly byte[] _verb = new byte[MaxVerb];
    private ShortText _text;
    private int _verbLength;

    /// <summary>The command: <c>RCPT TO:&lt;ana@example.org&gt;</c>; empty when unknown.</summary>
    public ReadOnlySpan<byte> Text => _text.Bytes;

    /// <summary>Its first word, in upper case; empty when it is the whole command.</summary>
    public ReadOnlySpan<byte> Verb => _verbLength == _text.Bytes.Length ? default : _verb.AsSpan(0, _verbLength);

    /// <summary>Whether it ends the dialogue.</summary>
    public bool IsQuit => _verb.AsSpan(0, _verbLength).SequenceEqual("QUIT"u8);

    /// <summary>Nothing is known of a command.</summary>
    public void Clear()
    {
        _text.Clear();
        _verbLength = 0;
    }

    /// <summary>Sets words that are not those of a command.</summary>
    public void Set(ReadOnlySpan<byte> words)
    {
        Clear();
        _text.Add(words);
    }

    /// <summary>Takes the words of a command line.</summary>
    public void Take(ReadOnlySpan<byte> line)
    {
        Clear();
        line = line.Trim((byte)' ');
        int end = line.IndexOf((byte)' ');
        ReadOnlySpan<byte> verb = end < 0 ? line : line[..end];
        ReadOnlySpan<byte> rest = end < 0 ? default : line[(end + 1)..].TrimStart((byte)' ');
        if (verb.Length > MaxVerb) verb = verb[..MaxVerb];
        Ascii.ToUpper(verb, _verb, out _verbLength);
        verb = _verb.AsSpan(0, _verbLength);
        _text.Add(verb);
        if (rest.IsEmpty) return;
        _text.Add(" "u8);
        int secret = Secret(verb, rest);
        _text.Add(rest[..secret]);
        if (secret < rest.Length) _text.Add("***"u8);
    }

    // How many bytes of the arguments may be shown: all of them, none of a password's, the mechanism of AUTH, the name of APOP.
    private static int Secret(ReadOnlySpan<byte> verb, ReadOnlySpan<byte> rest)
    {
        if (verb.SequenceEqual("PASS"u8) || verb.SequenceEqual("ACCT"u8)) return 0;
        if (!verb.SequenceEqual("AUTH"u8) && !verb.SequenceEqual("APOP"u8)) return rest.Length;
        int space = rest.IndexOf((byte)' ');
        return space < 0 ? rest.Length : space + 1;
    }
}
