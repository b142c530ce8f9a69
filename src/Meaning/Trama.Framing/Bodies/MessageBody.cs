using Trama.Framing.Grpc;

namespace Trama.Framing.Bodies;

/// <summary>
/// The body of a message: what its fields call it, how long it is, and what it says once its content coding is undone (RFC 9110 section 8),
/// which is told as it comes.
/// </summary>
public sealed class MessageBody
{
    // What is given to a decoder at a time.
    private const int Piece = 16 << 10;

    private readonly BodyReading _reading;
    private readonly IMessageSink _sink;
    private readonly MessageId _message;
    private readonly ContentCoding _coding;
    private readonly bool _isGrpc;
    private readonly byte[] _mediaType;
    private readonly byte[] _encoding;
    private readonly BodyDecoder? _lasting;
    private GrpcMessages _messages;
    private BodyDecoder? _decoder;

    internal MessageBody(BodyReading reading, IMessageSink sink, in MessageId message, BodyFields? fields)
    {
        (_reading, _sink, _message) = (reading, sink, message);
        (_coding, _isGrpc) = fields is null ? default : (fields.Coding, fields.IsGrpc);
        (_mediaType, _encoding) = fields is null ? ([], []) : (fields.MediaType.ToArray(), fields.Encoding.ToArray());
        _lasting = fields?.Decoder;
        if (_coding != ContentCoding.Identity) DecodedBytes = 0;
        if (_coding == ContentCoding.Other) Obstacle = BodyObstacle.Coding;
    }

    /// <summary>Its media type in lower case, without parameters; empty when unknown.</summary>
    public ReadOnlySpan<byte> MediaType => _mediaType;

    /// <summary>Its content coding as the sender names it, in lower case; of a call of gRPC that of its messages; empty when it has
    /// none.</summary>
    public ReadOnlySpan<byte> Encoding => _encoding;

    /// <summary>Its length in bytes as it is encoded, without what cuts it into chunks, frames and padding; missing bytes
    /// included.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many bytes were decoded; absent when it is not encoded. With an <see cref="Obstacle"/>, those before it.</summary>
    public long? DecodedBytes { get; private set; }

    /// <summary>Why it was not decoded to its end.</summary>
    public BodyObstacle Obstacle { get; private set; }

    /// <summary>Takes its next bytes.</summary>
    internal void Take(ReadOnlySpan<byte> bytes)
    {
        Bytes += bytes.Length;
        if (!_isGrpc)
        {
            Take(bytes, _coding != ContentCoding.Identity);
            return;
        }

        while (_messages.TryNext(ref bytes, out ReadOnlySpan<byte> part))
        {
            if (!part.IsEmpty) Take(part, _messages.IsEncoded);
            if (_messages.IsOver) End(isCut: false);
        }
    }

    /// <summary>Bytes of it are missing.</summary>
    internal void Miss(long count)
    {
        Bytes += count;
        if (_coding != ContentCoding.Identity && Obstacle == BodyObstacle.None) Obstacle = BodyObstacle.MissingBytes;
        if (_isGrpc) _messages.Pass((int)Math.Min(count, int.MaxValue));
        _sink.OnContent(_message, ContentKind.Body, count, []);
    }

    /// <summary>Takes what a decoder made of its bytes.</summary>
    /// <returns>Whether more is wanted.</returns>
    internal bool TryGive(ReadOnlySpan<byte> decoded)
    {
        if (!_reading.TrySpend(decoded.Length))
        {
            Obstacle = BodyObstacle.Limit;
            return false;
        }

        DecodedBytes += decoded.Length;
        _sink.OnContent(_message, ContentKind.Body, missing: 0, decoded);
        return true;
    }

    /// <summary>It is over.</summary>
    /// <param name="isCut">Whether before its end.</param>
    internal void End(bool isCut)
    {
        if (!isCut && Obstacle == BodyObstacle.None && _decoder?.TryEnd(this) == false) Obstacle = _decoder.Failure;
        if (isCut || Obstacle != BodyObstacle.None) _lasting?.Lose();
        Close();
    }

    private void Close()
    {
        if (_decoder is null) return;
        _decoder.Dispose();
        _decoder = null;
        _reading.Close(Weight);
    }

    private int Weight => _coding switch
    {
        ContentCoding.Brotli => BodyReading.BrotliWeight,
        ContentCoding.Zstd => BodyReading.ZstdWeight,
        _ => 1,
    };

    private void Take(ReadOnlySpan<byte> bytes, bool isEncoded)
    {
        if (!isEncoded)
        {
            DecodedBytes += bytes.Length;
            _sink.OnContent(_message, ContentKind.Body, missing: 0, bytes);
            return;
        }

        // A message of gRPC may call itself encoded where no field says how.
        if (_coding == ContentCoding.Identity) Obstacle = BodyObstacle.Coding;
        for (; !bytes.IsEmpty && Obstacle == BodyObstacle.None; bytes = bytes[Math.Min(Piece, bytes.Length)..])
            Decode(bytes[..Math.Min(Piece, bytes.Length)]);
        if (Obstacle != BodyObstacle.None) Close();
    }

    private void Decode(ReadOnlySpan<byte> bytes)
    {
        if (_decoder is null && !_reading.TryOpen(Weight))
        {
            Obstacle = BodyObstacle.Limit;
            return;
        }

        _decoder ??= _lasting ?? BodyDecoder.For(_coding, bytes[0])!;
        _reading.Earn(bytes.Length);
        if (_decoder.TryDecode(bytes, this)) return;
        Obstacle = _decoder.Failure;
        _reading.Fail();
    }
}
