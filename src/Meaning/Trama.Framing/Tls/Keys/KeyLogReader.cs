namespace Trama.Framing.Tls.Keys;

/// <summary>Reads the text of a key log, in pieces cut anywhere, as it grows. Lines that are malformed are counted and left out.</summary>
/// <param name="keys">Where the secrets go.</param>
public sealed class KeyLogReader(TlsKeys keys)
{
    /// <summary>How many malformed lines are named by their number.</summary>
    public const int MaxNamed = 5;

    // The longest line of the format has some 230 bytes.
    private const int MaxLine = 1024;

    private readonly byte[] _line = new byte[MaxLine];
    private readonly List<long> _malformed = [];
    private int _length;
    private bool _isTooLong;
    private long _number;

    /// <summary>How many secrets were read, those that decrypt nothing here included.</summary>
    public long Secrets { get; private set; }

    /// <summary>How many secrets were left out, since there were too many connections.</summary>
    public long LeftOut { get; private set; }

    /// <summary>How many lines are malformed.</summary>
    public long Malformed { get; private set; }

    /// <summary>The numbers of the first malformed lines, from 1, at most <see cref="MaxNamed"/>.</summary>
    public IReadOnlyList<long> MalformedLines => _malformed;

    /// <summary>Takes the next bytes.</summary>
    public void Take(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            int end = text.IndexOf((byte)'\n');
            if (end < 0)
            {
                Hold(text);
                return;
            }

            if (_length == 0 && !_isTooLong)
            {
                TakeLine(text[..end]);
            }
            else
            {
                Hold(text[..end]);
                Complete();
            }

            text = text[(end + 1)..];
        }
    }

    /// <summary>The text ends here: its last line may lack its end.</summary>
    public void Complete()
    {
        if (_isTooLong) Note();
        else if (_length > 0) TakeLine(_line.AsSpan(0, _length));
        (_length, _isTooLong) = (0, false);
    }

    private void Hold(ReadOnlySpan<byte> text)
    {
        _isTooLong |= text.Length > MaxLine - _length;
        if (_isTooLong) return;
        text.CopyTo(_line.AsSpan(_length));
        _length += text.Length;
    }

    private void TakeLine(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd((byte)'\r');
        if (_number == 0 && line.StartsWith("\uFEFF"u8)) line = line[3..];
        if (line.IsEmpty || line[0] == '#')
        {
            _number++;
            return;
        }

        if (!KeyLogLine.TryParse(line, out KeyLogLine read))
        {
            Note();
            return;
        }

        _number++;
        Secrets++;
        if (!keys.Add(read)) LeftOut++;
    }

    private void Note()
    {
        _number++;
        Malformed++;
        if (_malformed.Count < MaxNamed) _malformed.Add(_number);
    }
}
