using Trama.Framing.Bodies;
using Trama.Framing.Grpc;
using Trama.Framing.Http;
using Trama.Framing.Http2.Hpack;

namespace Trama.Framing.Http2;

/// <summary>What a block of header fields says that is of use. Of a field that comes twice, the first counts.</summary>
/// <param name="readsBodies">Whether those that tell of a body are.</param>
internal sealed class HeaderFields(bool readsBodies)
{
    private readonly byte[] _method = new byte[HttpSyntax.MaxMethod];
    private readonly byte[] _path = new byte[HttpOperation.MaxKept];
    private readonly byte[] _authority = new byte[HttpSyntax.MaxHost];
    private readonly byte[] _traceParent = new byte[HttpSyntax.MaxTraceParent];
    private int _methodLength;
    private int _pathLength;
    private int _authorityLength;
    private int _traceParentLength;

    /// <summary>The method; empty when unknown.</summary>
    public ReadOnlySpan<byte> Method => _method.AsSpan(0, _methodLength);

    /// <summary>The path with its query, or of CONNECT the authority (RFC 9113 section 8.5); empty when unknown.</summary>
    public ReadOnlySpan<byte> Target =>
        _pathLength == 0 && !HasUnknown && Method.SequenceEqual("CONNECT"u8) ? _authority.AsSpan(0, _authorityLength)
            : _path.AsSpan(0, _pathLength);

    /// <summary>The header traceparent; empty when there is none.</summary>
    public ReadOnlySpan<byte> TraceParent => _traceParent.AsSpan(0, _traceParentLength);

    /// <summary>The status; 0 when unknown.</summary>
    public int Status { get; private set; }

    /// <summary>The status of a gRPC call; absent when unknown.</summary>
    public int? GrpcStatus { get; private set; }

    /// <summary>Whether the body holds messages of gRPC; absent when unknown.</summary>
    public bool? IsGrpc { get; private set; }

    /// <summary>Whether there were fields that cannot be known.</summary>
    public bool HasUnknown { get; set; }

    /// <summary>Whether it begins a message.</summary>
    public bool HasPseudo { get; private set; }

    /// <summary>What they tell of the body, where bodies are read; null for nothing.</summary>
    public BodyFields? Body { get; private set; }

    /// <summary>Forgets the fields of an earlier block.</summary>
    public void Clear()
    {
        (_methodLength, _pathLength, _authorityLength, _traceParentLength, Status, GrpcStatus) = (0, 0, 0, 0, 0, null);
        (IsGrpc, HasUnknown, HasPseudo) = (null, false, false);
        Body = null;
    }

    /// <summary>Takes the next field.</summary>
    public void Take(HpackField field)
    {
        HasUnknown |= field.Name == HeaderName.Unknown;
        HasPseudo |= field.Name is HeaderName.Method or HeaderName.Path or HeaderName.Authority or HeaderName.Status;
        switch (field.Name)
        {
            case HeaderName.Method when _methodLength == 0: Keep(field.Value, _method, out _methodLength); break;
            case HeaderName.Path when _pathLength == 0: Keep(field.Value, _path, out _pathLength); break;
            case HeaderName.Authority when _authorityLength == 0: Keep(field.Value, _authority, out _authorityLength); break;
            case HeaderName.TraceParent when _traceParentLength == 0:
                Keep(field.Value, _traceParent, out _traceParentLength);
                break;
            case HeaderName.Status when Status == 0: Status = Number(field.Value) ?? 0; break;
            case HeaderName.GrpcStatus:
                GrpcStatus ??= Number(field.Value);
                IsGrpc = true;
                break;
            case HeaderName.ContentType:
                IsGrpc ??= GrpcStatuses.IsContentType(field.Value);
                break;
        }

        if (readsBodies && field.Name is HeaderName.ContentType or HeaderName.ContentEncoding or HeaderName.GrpcEncoding) NoteBody(field);
    }

    private void NoteBody(HpackField field)
    {
        Body ??= new BodyFields();
        if (field.Name == HeaderName.ContentType) Body.TakeType(field.Value);
        else Body.TakeEncoding(field.Value);
    }

    private static void Keep(ReadOnlySpan<byte> value, byte[] place, out int length)
    {
        length = Math.Min(value.Length, place.Length);
        value[..length].CopyTo(place);
    }

    private static int? Number(ReadOnlySpan<byte> digits) =>
        digits.Length is > 0 and <= 3 && int.TryParse(digits, System.Globalization.NumberStyles.None, null, out int number) ? number : null;
}
