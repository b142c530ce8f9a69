using System.Buffers;

namespace Trama.Framing.Http;

/// <summary>The parts of HTTP/1.x syntax that framing needs (RFC 9112, RFC 9110 section 5.6.2).</summary>
internal static class HttpSyntax
{
    /// <summary>The longest method, in bytes.</summary>
    public const int MaxMethod = 32;

    /// <summary>The most bytes of a host and its port.</summary>
    public const int MaxHost = 262;

    /// <summary>The most bytes of a header traceparent that are kept, more than all that is meant today.</summary>
    public const int MaxTraceParent = 64;

    private static readonly SearchValues<byte> Token = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>Whether bytes are a token.</summary>
    public static bool IsToken(ReadOnlySpan<byte> bytes) => !bytes.IsEmpty && !bytes.ContainsAnyExcept(Token);

    /// <summary>Splits <c>method SP target SP HTTP/1.x</c>. Of a line cut at its end, the version is taken for granted.</summary>
    public static bool TryRequestLine(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> method, out ReadOnlySpan<byte> target)
    {
        int space = line.IndexOf((byte)' ');
        method = space < 0 ? default : line[..space];
        target = space < 0 ? default : line[(space + 1)..];
        if (method.Length > MaxMethod || !IsToken(method)) return false;
        if (line.Length == LineCollector.MaxKept) return true;
        int version = target.LastIndexOf(" HTTP/1."u8);
        if (version <= 0 || version != target.Length - 9 || target[^1] is < (byte)'0' or > (byte)'9') return false;
        target = target[..version];
        return true;
    }

    /// <summary>Whether the beginning of a line can still become a request line.</summary>
    public static bool MayBeRequestLine(ReadOnlySpan<byte> beginning)
    {
        int space = beginning.IndexOf((byte)' ');
        ReadOnlySpan<byte> method = space < 0 ? beginning : beginning[..space];
        if (method.SequenceEqual("\r"u8)) return true;
        return method.Length <= MaxMethod && (method.IsEmpty ? space < 0 : IsToken(method));
    }

    /// <summary>Splits <c>HTTP/1.x SP code SP reason</c>; the reason may be absent.</summary>
    public static bool TryStatusLine(ReadOnlySpan<byte> line, out int code, out ReadOnlySpan<byte> rest)
    {
        code = 0;
        rest = default;
        if (line.Length < 12 || !line.StartsWith("HTTP/1."u8) || line[8] != ' ') return false;
        rest = line[9..];
        for (int i = 0; i < 3; i++)
        {
            if (rest[i] is < (byte)'0' or > (byte)'9') return false;
            code = code * 10 + rest[i] - '0';
        }

        return code >= 100 && (rest.Length == 3 || rest[3] == ' ');
    }

    /// <summary>Whether the beginning of a line can still become a status line.</summary>
    public static bool MayBeStatusLine(ReadOnlySpan<byte> beginning) =>
        beginning.Length < 7 ? "HTTP/1."u8.StartsWith(beginning) : beginning.StartsWith("HTTP/1."u8);

    /// <summary>Reads a Content-Length: digits, or the same digits several times in a list (RFC 9110 section 8.6).</summary>
    /// <returns>The length, or -1 when it is none.</returns>
    public static long ContentLength(ReadOnlySpan<byte> value)
    {
        long length = -1;
        foreach (Range part in value.Split((byte)','))
        {
            ReadOnlySpan<byte> digits = value[part].Trim(" \t"u8);
            if (digits.IsEmpty) return -1;
            digits = digits.TrimStart((byte)'0');
            if (digits.Length > 18) return -1;
            long number = 0;
            foreach (byte digit in digits)
            {
                if (digit is < (byte)'0' or > (byte)'9') return -1;
                number = number * 10 + digit - '0';
            }

            if (length >= 0 && number != length) return -1;
            length = number;
        }

        return length;
    }

    /// <summary>Reads a chunk size, hexadecimal, before its extensions (RFC 9112 section 7.1).</summary>
    /// <returns>The size, or -1 when it is none.</returns>
    public static long ChunkSize(ReadOnlySpan<byte> line)
    {
        int end = line.IndexOf((byte)';');
        ReadOnlySpan<byte> digits = (end < 0 ? line : line[..end]).TrimEnd(" \t"u8);
        if (digits.Length is 0 or > 15) return -1;
        long size = 0;
        foreach (byte digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit)) return -1;
            size = size * 16 + (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return size;
    }
}
