using Trama.Framing.Inflating;

namespace Trama.Framing.Bodies;

/// <summary>Decodes gzip, zlib's format, and deflate without either (RFC 1950 to 1952). Checksums are not verified: TCP's were.</summary>
internal sealed class InflatedBody : BodyDecoder
{
    private const int GzipTrailer = 8;
    private const int ZlibHeader = 2;
    private const int Deflated = 8;
    private const int MaxWindow = 7;

    private readonly Inflater _inflater = new();
    private readonly bool _isGzip;
    private GzipHeader _gzip;
    private Part _part;
    private int _left;

    /// <summary>Begins a body.</summary>
    /// <param name="coding">Gzip or deflate.</param>
    /// <param name="first">Its first byte, which tells zlib's format from that without a header (RFC 1950 section 2.2).</param>
    public InflatedBody(ContentCoding coding, byte first)
    {
        _isGzip = coding == ContentCoding.Gzip;
        bool isZlib = !_isGzip && (first & 0xf) == Deflated && first >> 4 <= MaxWindow;
        _left = isZlib ? ZlibHeader : 0;
        _part = _isGzip || isZlib ? Part.Header : Part.Data;
    }

    private enum Part : byte
    {
        Header,
        Data,
        Trailer,
        Over,
    }

    /// <inheritdoc/>
    public override bool IsOver => _part == Part.Over;

    /// <inheritdoc/>
    public override bool TryDecode(ReadOnlySpan<byte> encoded, MessageBody body)
    {
        while (!encoded.IsEmpty || _part == Part.Data)
        {
            InflateStatus status = _part switch
            {
                Part.Header => Header(ref encoded),
                Part.Data => Data(ref encoded, body),
                Part.Trailer => Pass(ref encoded),
                _ => Again(encoded[0]),
            };
            if (status == InflateStatus.Malformed) return false;
            if (status == InflateStatus.NeedMore) return true;
        }

        return true;
    }

    private InflateStatus Header(ref ReadOnlySpan<byte> encoded)
    {
        InflateStatus status = _isGzip ? _gzip.Take(ref encoded) : Pass(ref encoded);
        if (status == InflateStatus.Done) _part = Part.Data;
        return status;
    }

    private InflateStatus Data(ref ReadOnlySpan<byte> encoded, MessageBody body)
    {
        InflateStatus status = _inflater.Next(ref encoded, out ReadOnlySpan<byte> output);
        if (!output.IsEmpty && !body.TryGive(output)) return InflateStatus.NeedMore;
        if (status != InflateStatus.Done) return status;
        if (!_isGzip)
        {
            _part = Part.Over;
            return InflateStatus.NeedMore;
        }

        Span<byte> taken = stackalloc byte[sizeof(ulong)];
        (_part, _left) = (Part.Trailer, GzipTrailer);
        ReadOnlySpan<byte> before = taken[.._inflater.Return(taken)];
        return Pass(ref before);
    }

    // Behind the trailer another member may begin; what is none is not of the body.
    private InflateStatus Again(byte first)
    {
        if (!_isGzip || first != GzipHeader.First) return InflateStatus.NeedMore;
        _inflater.Clear();
        (_gzip, _part) = (default, Part.Header);
        return InflateStatus.Done;
    }

    private InflateStatus Pass(ref ReadOnlySpan<byte> encoded)
    {
        int count = Math.Min(_left, encoded.Length);
        encoded = encoded[count..];
        _left -= count;
        if (_left > 0) return _part == Part.Trailer ? InflateStatus.MoreOutput : InflateStatus.NeedMore;
        if (_part == Part.Trailer) _part = Part.Over;
        return InflateStatus.Done;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // Its memory is the runtime's.
    }
}
