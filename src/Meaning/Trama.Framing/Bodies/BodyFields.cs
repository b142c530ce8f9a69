using System.Text;

namespace Trama.Framing.Bodies;

/// <summary>What the fields of a message say of its body.</summary>
internal sealed class BodyFields
{
    // Of longer values, as much is kept.
    private const int MaxText = 64;

    private ShortText _mediaType = new(MaxText);
    private ShortText _encoding = new(MaxText);

    /// <summary>The media type in lower case, without parameters (RFC 9110 section 8.3); empty when unknown.</summary>
    public ReadOnlySpan<byte> MediaType => _mediaType.Bytes;

    /// <summary>The content codings, as they are named; empty when there is none.</summary>
    public ReadOnlySpan<byte> Encoding => _encoding.Bytes;

    /// <summary>Whether it holds messages of gRPC, each of which may be encoded.</summary>
    public bool IsGrpc { get; private set; }

    /// <summary>How it, or each message of gRPC in it, is encoded.</summary>
    public ContentCoding Coding { get; private set; }

    /// <summary>What decodes it and the messages after it; null where each body is decoded by itself.</summary>
    public BodyDecoder? Decoder { get; private init; }

    /// <summary>Those of messages that one decoder decodes in turn.</summary>
    /// <param name="encoding">The name of the coding.</param>
    /// <param name="decoder">The decoder.</param>
    public static BodyFields OfMessages(ReadOnlySpan<byte> encoding, BodyDecoder decoder)
    {
        var fields = new BodyFields { Decoder = decoder, Coding = ContentCoding.Messages };
        fields._encoding.Add(encoding);
        return fields;
    }

    /// <summary>Forgets those of another message.</summary>
    public void Clear()
    {
        _mediaType.Clear();
        _encoding.Clear();
        (IsGrpc, Coding) = (false, ContentCoding.Identity);
    }

    /// <summary>The value of Content-Type.</summary>
    public void TakeType(ReadOnlySpan<byte> value)
    {
        int end = value.IndexOf((byte)';');
        _mediaType.Clear();
        AddLower(ref _mediaType, (end < 0 ? value : value[..end]).Trim(" \t"u8));
        IsGrpc = Grpc.GrpcStatuses.IsContentType(value);
    }

    /// <summary>The value of Content-Encoding, or of gRPC's grpc-encoding; several of them are one list.</summary>
    public void TakeEncoding(ReadOnlySpan<byte> value)
    {
        value = value.Trim(" \t"u8);
        if (value.IsEmpty || Ascii.EqualsIgnoreCase(value, "identity"u8)) return;
        Coding = !_encoding.IsEmpty ? ContentCoding.Other : CodingOf(value);
        if (!_encoding.IsEmpty) _encoding.Add(", "u8);
        AddLower(ref _encoding, value);
    }

    private static ContentCoding CodingOf(ReadOnlySpan<byte> name) =>
        Ascii.EqualsIgnoreCase(name, "gzip"u8) || Ascii.EqualsIgnoreCase(name, "x-gzip"u8) ? ContentCoding.Gzip
        : Ascii.EqualsIgnoreCase(name, "deflate"u8) ? ContentCoding.Deflate
        : Ascii.EqualsIgnoreCase(name, "br"u8) ? ContentCoding.Brotli
        : Ascii.EqualsIgnoreCase(name, "zstd"u8) ? ContentCoding.Zstd
        : ContentCoding.Other;

    private static void AddLower(ref ShortText text, ReadOnlySpan<byte> value)
    {
        Span<byte> lower = stackalloc byte[MaxText];
        value = value[..Math.Min(value.Length, MaxText)];
        for (int i = 0; i < value.Length; i++) lower[i] = value[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(value[i] | 0x20) : value[i];
        text.Add(lower[..value.Length]);
    }
}
