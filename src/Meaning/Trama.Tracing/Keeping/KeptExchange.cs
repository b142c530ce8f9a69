using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Trama.Framing;
using Trama.Packets;
using static Trama.Tracing.PackedNumber;

namespace Trama.Tracing.Keeping;

/// <summary>
/// An exchange in 72 bytes, and less than half of that where it waits among others (<see cref="KeptExchangeRows"/>): what lists of many
/// show and choose by. Figures that do not fit are kept beside it; the rest is in the packets.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct KeptExchange
{
    /// <summary>The most bytes that <see cref="Pack"/> writes.</summary>
    internal const int MaxPackedBytes = 18 * MaxBytes;

    private const uint Unknown = uint.MaxValue;

    private readonly StrongBox<KeptFigures>? _wide;
    private readonly uint _connection;
    private readonly uint _durationNs;
    private readonly uint _requestTransferNs;
    private readonly uint _networkNs;
    private readonly uint _replyTransferNs;
    private readonly uint _requestBytes;
    private readonly uint _replyBytes;
    private readonly uint _stream;
    private readonly ushort _protocol;
    private readonly ushort _group;
    private readonly KeptTraits _traits;

    internal KeptExchange(Connection connection, Exchange exchange, int protocol, int group, int texts)
    {
        (_connection, Index, FirstAt) = ((uint)connection.Id, (uint)exchange.Index, exchange.FirstAt);
        (_protocol, _group, Texts) = ((ushort)protocol, (ushort)group, texts);
        KeptFigures figures = KeptFigures.Of(exchange);
        _durationNs = Narrow(figures.DurationNs);
        _requestTransferNs = Narrow(figures.RequestTransferNs);
        _networkNs = Narrow(figures.NetworkNs);
        _replyTransferNs = Narrow(figures.ReplyTransferNs);
        (_requestBytes, _replyBytes, _stream) = (Narrow(figures.RequestBytes), Narrow(figures.ReplyBytes), Narrow(figures.Stream));
        _traits = KeptTraits.None;
        if (figures.ServerNs is not null) _traits |= KeptTraits.HasServerTime;
        if (figures.TotalNs is not null) _traits |= KeptTraits.HasTotalTime;
        if (exchange.IsWhole) _traits |= KeptTraits.IsWhole;
        if (exchange.Failed is { } failed) _traits |= failed ? KeptTraits.Failed : KeptTraits.Succeeded;
        if (exchange.Request is { } request)
        {
            _traits |= KeptTraits.HasRequest | (request.From == Side.Server ? KeptTraits.ServerAsks : KeptTraits.None);
            if (request.ReplyDue is { } due) _traits |= due ? KeptTraits.ReplyDue : KeptTraits.NoReplyDue;
            (RequestTraits, FirstPacket) = (request.Traits, First(request));
        }

        if (exchange.Reply is { } reply)
        {
            _traits |= KeptTraits.HasReply | (reply.From == Side.Server ? KeptTraits.ServerReplies : KeptTraits.None);
            (ReplyTraits, ReplyPacket) = (reply.Traits, First(reply));
        }

        // What was packed must come out again.
        if (Figures != figures) _wide = new StrongBox<KeptFigures>(figures);
    }

    private KeptExchange(in KeptExchange before, ReadOnlySpan<byte> from, ref int end, StrongBox<KeptFigures>? wide)
    {
        _wide = wide;
        FirstAt = new Timestamp(before.FirstAt.Nanoseconds + Take(from, ref end));
        _connection = (uint)(before._connection + Take(from, ref end));
        Index = (uint)(before.Index + Take(from, ref end));
        FirstPacket = (uint)(before.FirstPacket + Take(from, ref end));
        ReplyPacket = (uint)(FirstPacket + Take(from, ref end));
        Texts = (int)(before.Texts + Take(from, ref end));
        _durationNs = TakeKnown(from, ref end);
        _requestTransferNs = TakeKnown(from, ref end);
        _networkNs = TakeKnown(from, ref end);
        _replyTransferNs = TakeKnown(from, ref end);
        _requestBytes = TakeKnown(from, ref end);
        _replyBytes = TakeKnown(from, ref end);
        _stream = TakeKnown(from, ref end);
        _protocol = (ushort)Take(from, ref end);
        _group = (ushort)Take(from, ref end);
        _traits = (KeptTraits)Take(from, ref end);
        RequestTraits = (MessageTraits)Take(from, ref end);
        ReplyTraits = (MessageTraits)Take(from, ref end);
    }

    /// <summary>The number of its connection.</summary>
    public long Connection => _connection;

    /// <summary>Its number in the connection, from 1.</summary>
    public uint Index { get; }

    /// <summary>When it began.</summary>
    public Timestamp FirstAt { get; }

    /// <summary>From its first byte to its last, in nanoseconds.</summary>
    public long Duration => _wide is { } wide ? wide.Value.DurationNs : _durationNs;

    /// <inheritdoc cref="Exchange.RequestTransferNs"/>
    public long? RequestTransferNs => _wide is { } wide ? wide.Value.RequestTransferNs : Known(_requestTransferNs);

    /// <inheritdoc cref="Exchange.ServerNs"/>
    public long? ServerNs => _wide is { } wide ? wide.Value.ServerNs : Has(KeptTraits.HasServerTime) ? Rest : null;

    /// <inheritdoc cref="Exchange.NetworkNs"/>
    public long? NetworkNs => _wide is { } wide ? wide.Value.NetworkNs : Known(_networkNs);

    /// <inheritdoc cref="Exchange.ReplyTransferNs"/>
    public long? ReplyTransferNs => _wide is { } wide ? wide.Value.ReplyTransferNs : Known(_replyTransferNs);

    /// <inheritdoc cref="Exchange.TotalNs"/>
    public long? TotalNs => _wide is { } wide ? wide.Value.TotalNs : Has(KeptTraits.HasTotalTime) ? _durationNs : null;

    /// <summary>Whether it has a request.</summary>
    public bool HasRequest => Has(KeptTraits.HasRequest);

    /// <summary>Whether it has a reply.</summary>
    public bool HasReply => Has(KeptTraits.HasReply);

    /// <summary>The length of the request, in bytes.</summary>
    public long RequestBytes => _wide is { } wide ? wide.Value.RequestBytes : _requestBytes;

    /// <summary>The length of the reply, in bytes.</summary>
    public long ReplyBytes => _wide is { } wide ? wide.Value.ReplyBytes : _replyBytes;

    /// <summary>The number of the packet with which the request begins; 0 when that is not known.</summary>
    public uint FirstPacket { get; }

    /// <summary>The number of the packet with which the reply begins; 0 when that is not known.</summary>
    public uint ReplyPacket { get; }

    /// <inheritdoc cref="Exchange.Failed"/>
    public bool? Failed => Either(KeptTraits.Failed, KeptTraits.Succeeded);

    /// <summary>Whether its reply had to come, and did not, though the capture lost nothing of it.</summary>
    public bool IsUnanswered => HasRequest && !HasReply && IsWhole && ReplyDue == true
        && (RequestTraits & (MessageTraits.NoReply | MessageTraits.Unsolicited)) == 0;

    /// <summary>Whether it failed, or was not answered.</summary>
    public bool IsFaulty => Failed == true || IsUnanswered;

    /// <summary>The number of the protocol's name in its table.</summary>
    public int Protocol => _protocol;

    /// <summary>The number of the group in its table; 0 for none.</summary>
    public int Group => _group;

    /// <summary>Its figures that do not fit; null when all do.</summary>
    internal StrongBox<KeptFigures>? Wide => _wide;

    internal bool IsWhole => Has(KeptTraits.IsWhole);

    internal bool? ReplyDue => Either(KeptTraits.ReplyDue, KeptTraits.NoReplyDue);

    internal MessageTraits RequestTraits { get; }

    internal MessageTraits ReplyTraits { get; }

    internal Side RequestFrom => Has(KeptTraits.ServerAsks) ? Side.Server : Side.Client;

    internal Side ReplyFrom => Has(KeptTraits.ServerReplies) ? Side.Server : Side.Client;

    /// <summary>Where its texts begin among those of its block.</summary>
    internal int Texts { get; }

    internal long RequestMissing => _wide is { } wide ? wide.Value.RequestMissing : 0;

    internal long ReplyMissing => _wide is { } wide ? wide.Value.ReplyMissing : 0;

    internal long Stream => _wide is { } wide ? wide.Value.Stream : Known(_stream) ?? -1;

    private KeptFigures Figures => new(Duration, RequestTransferNs, ServerNs, NetworkNs, ReplyTransferNs, TotalNs, RequestBytes, ReplyBytes,
        RequestMissing, ReplyMissing, Stream);

    // What the other parts leave of the whole, which nearly always is the server's.
    private long Rest => _durationNs - (Known(_requestTransferNs) ?? 0) - (Known(_networkNs) ?? 0) - (Known(_replyTransferNs) ?? 0);

    /// <summary>Writes what it tells beyond the row before it, without <see cref="Wide"/>.</summary>
    /// <returns>How many bytes it takes, <see cref="MaxPackedBytes"/> at most.</returns>
    internal int Pack(in KeptExchange before, Span<byte> to)
    {
        int end = 0;
        Put(to, ref end, FirstAt - before.FirstAt);
        Put(to, ref end, (long)_connection - before._connection);
        Put(to, ref end, (long)Index - before.Index);
        Put(to, ref end, (long)FirstPacket - before.FirstPacket);
        Put(to, ref end, (long)ReplyPacket - FirstPacket);
        Put(to, ref end, (long)Texts - before.Texts);
        PutKnown(to, ref end, _durationNs);
        PutKnown(to, ref end, _requestTransferNs);
        PutKnown(to, ref end, _networkNs);
        PutKnown(to, ref end, _replyTransferNs);
        PutKnown(to, ref end, _requestBytes);
        PutKnown(to, ref end, _replyBytes);
        PutKnown(to, ref end, _stream);
        Put(to, ref end, _protocol);
        Put(to, ref end, _group);
        Put(to, ref end, (long)_traits);
        Put(to, ref end, (long)RequestTraits);
        Put(to, ref end, (long)ReplyTraits);
        return end;
    }

    /// <summary>Reads what <see cref="Pack"/> wrote.</summary>
    /// <param name="before">The row before it.</param>
    /// <param name="from">Where it begins.</param>
    /// <param name="wide">Its <see cref="Wide"/>.</param>
    /// <param name="row">The row.</param>
    /// <returns>How many bytes it took.</returns>
    internal static int Unpack(in KeptExchange before, ReadOnlySpan<byte> from, StrongBox<KeptFigures>? wide, out KeptExchange row)
    {
        int end = 0;
        row = new KeptExchange(before, from, ref end, wide);
        return end;
    }

    // What is not known takes one byte, as what is 0.
    private static void PutKnown(Span<byte> to, ref int end, uint value) => Put(to, ref end, value == Unknown ? -1L : value);

    private static uint TakeKnown(ReadOnlySpan<byte> from, ref int end) => (uint)Take(from, ref end);

    private static uint First(Message message) => message.Packets is [var first, ..] ? (uint)first : 0;

    private static uint Narrow(long? value) => value is >= 0 and < Unknown ? (uint)value : Unknown;

    private static long? Known(uint value) => value == Unknown ? null : value;

    private bool Has(KeptTraits trait) => (_traits & trait) != 0;

    private bool? Either(KeptTraits yes, KeptTraits no) => Has(yes) ? true : Has(no) ? false : null;
}
