using System.Buffers;
using System.Text;

namespace Trama.Replay.Adapting.Http1;

/// <summary>The head of an HTTP/1.1 message (RFC 9112 section 2.1), to be read and changed field by field.</summary>
internal sealed class HttpHead
{
    private readonly List<string> _lines;

    private HttpHead(List<string> lines, ReadOnlyMemory<byte> body) => (_lines, Body) = (lines, body);

    /// <summary>The first line.</summary>
    public string Start => _lines[0];

    /// <summary>The names of its fields.</summary>
    public IEnumerable<string> Names => _lines.Skip(1).Select(line => line.Split(':')[0]);

    /// <summary>Its fields, in order.</summary>
    public IEnumerable<(string Name, string Value)> Fields => _lines.Skip(1).Select(line => line.Split(':', 2))
        .Select(parts => (parts[0], parts.Length > 1 ? parts[1].Trim() : ""));

    /// <summary>What follows the head.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>Reads a message; null when its head has no end.</summary>
    public static HttpHead? Read(ReadOnlyMemory<byte> message)
    {
        int end = message.Span.IndexOf("\r\n\r\n"u8);
        if (end < 0) return null;
        return new HttpHead([.. Encoding.Latin1.GetString(message.Span[..end]).Split("\r\n")], message[(end + 4)..]);
    }

    /// <summary>The value of a field; null when it has none of this name.</summary>
    public string? this[string name]
    {
        get => Find(name) is > 0 and int at ? _lines[at][(name.Length + 1)..].Trim() : null;
        set
        {
            int at = Find(name);
            if (value is null && at > 0) _lines.RemoveAt(at);
            else if (value is not null && at > 0) _lines[at] = $"{_lines[at][..name.Length]}: {value}";
            else if (value is not null) _lines.Add($"{name}: {value}");
        }
    }

    /// <summary>The values of all fields of a name.</summary>
    public IEnumerable<string> All(string name) => _lines.Skip(1)
        .Where(line => line.Length > name.Length && line[name.Length] == ':' && line.StartsWith(name, StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim());

    /// <summary>Changes every line.</summary>
    public void Replace(Func<string, string> change)
    {
        for (int at = 0; at < _lines.Count; at++) _lines[at] = change(_lines[at]);
    }

    /// <summary>The whole message.</summary>
    public ReadOnlyMemory<byte> Write()
    {
        var bytes = new ArrayBufferWriter<byte>(Body.Length + 256);
        foreach (string line in _lines)
        {
            Encoding.Latin1.GetBytes(line, bytes);
            bytes.Write("\r\n"u8);
        }

        bytes.Write("\r\n"u8);
        bytes.Write(Body.Span);
        return bytes.WrittenMemory;
    }

    private int Find(string name) => _lines.FindIndex(1, line => line.Length > name.Length && line[name.Length] == ':'
        && line.StartsWith(name, StringComparison.OrdinalIgnoreCase));
}
