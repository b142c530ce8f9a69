using System.Buffers.Text;
using System.Text;

namespace Trama.Framing.Sip;

/// <summary>
/// One direction of SIP over TCP: requests and replies, each with fields and a body as long as Content-Length says (RFC 3261
/// section 18.3). Either side asks;
/// Call-ID and CSeq pair a reply with its request.
/// </summary>
internal sealed class SipStream(Direction direction) : StreamFraming
{
    private const int MaxTarget = 256;
    private const int FirstFinal = 200;
    private const int FirstFailure = 400;
    private const int CodeLength = 3;

    // No body is longer.
    private const long MaxBody = 1L << 31;

    private LineCollector _line;
    private Place _place;
    private bool _begun;
    private long _left;
    private ShortText _words = new(MaxTarget);
    private ShortText _method;
    private int _code;
    private ulong _call;
    private ulong _sequence;

    private enum Place : byte
    {
        Start,
        Fields,
        Body,
    }

    private bool IsRequest => !_method.IsEmpty;

    /// <inheritdoc/>
    public override bool LossIsMessage => false;

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes)
    {
        if (SipSyntax.Begins(bytes) == Likeness.Yes) return 0;
        // Behind the end of another message's fields, or its body.
        for (int at = 0, next; (next = bytes[at..].IndexOf("\r\n"u8)) >= 0;)
        {
            at += next + 2;
            if (at < bytes.Length && SipSyntax.Begins(bytes[at..]) == Likeness.Yes) return at;
        }

        return -1;
    }

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        end.Description = _words.Bytes;
        Direction asked = IsRequest ? direction : direction.Other();
        if (_call != 0 && _sequence != 0) end.Key = (long)((_call ^ ulong.RotateLeft(_sequence, 1)) & ~1UL) | (long)asked;
        if (IsRequest)
        {
            bool isAnswered = !_method.Bytes.SequenceEqual("ACK"u8) && end.Key is not null;
            end.Traits = isAnswered ? MessageTraits.Asks : MessageTraits.Asks | MessageTraits.NoReply;
            // A telephone may ring for long.
            end.ReplyDue = !isAnswered ? false : _method.Bytes.SequenceEqual("INVITE"u8) ? null : true;
            end.Operation = _words.Bytes;
            end.Group = _method.Bytes;
            return;
        }

        if (_code == 0)
        {
            end.Traits = MessageTraits.Unsolicited;
            return;
        }

        end.Traits = _code < FirstFinal ? MessageTraits.Answers | MessageTraits.Interim : MessageTraits.Answers;
        end.Status = _words.Bytes[..CodeLength];
        end.Failed = _code >= FirstFailure;
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _line.Release();
        (_place, _left, _begun) = (Place.Start, 0, false);
        Clear();
        return true;
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (_place != Place.Body)
        {
            // Line ends between messages keep a connection open (RFC 5626 section 3.5.1).
            if (!_begun && bytes[0] is (byte)'\r' or (byte)'\n')
            {
                int ends = bytes.IndexOfAnyExcept((byte)'\r', (byte)'\n');
                return FrameStep.Between(ends < 0 ? bytes.Length : ends);
            }

            _begun = true;
            if (!_line.TryTake(bytes, ref at, out ReadOnlySpan<byte> line, out int start)) return FrameStep.NeedMore(bytes.Length);
            if (_place == Place.Start)
            {
                if (!Begin(line)) return Unfit(FramingFault.BadStartLine, start);
            }
            else if (line.IsEmpty) _place = Place.Body;
            else Field(line);
        }

        return Body(at, (int)Math.Min(_left, bytes.Length - at));
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        if (_place != Place.Body) return base.Pass(count);
        int taken = (int)Math.Min(_left, count);
        return Body(0, taken);
    }

    private FrameStep Body(int before, int taken)
    {
        _left -= taken;
        if (_left > 0) return FrameStep.NeedMore(before + taken);
        (_place, _begun) = (Place.Start, false);
        return FrameStep.Complete(before + taken);
    }

    private void Clear()
    {
        _words.Clear();
        _method.Clear();
        (_code, _call, _sequence) = (0, 0, 0);
    }

    private bool Begin(ReadOnlySpan<byte> line)
    {
        Clear();
        if (!SipSyntax.TryStart(line, out ReadOnlySpan<byte> method, out ReadOnlySpan<byte> target, out _code)) return false;
        (_place, _left) = (Place.Fields, 0);
        _method.Add(method);
        _words.Add(method);
        if (method.IsEmpty) _words.Add(target);
        else
        {
            _words.Add(" "u8);
            SipSyntax.WriteTarget(target, ref _words);
        }

        return true;
    }

    private void Field(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        if (colon < 0) return;
        ReadOnlySpan<byte> name = line[..colon].Trim(" \t"u8), value = line[(colon + 1)..].Trim(" \t"u8);
        if (Is(name, "call-id"u8) || Is(name, "i"u8)) _call = TextHash.Of(value);
        else if (Is(name, "cseq"u8)) _sequence = TextHash.Of(value);
        else if ((Is(name, "content-length"u8) || Is(name, "l"u8)) && Utf8Parser.TryParse(value, out long length, out _))
            _left = Math.Clamp(length, 0, MaxBody);
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> lowerCase) => Ascii.EqualsIgnoreCase(name, lowerCase);
}
