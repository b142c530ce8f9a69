using System.Text;
using Trama.Packets;
using Trama.Packets.Transport;
using Trama.Tracing;
using Trama.Tracing.Tests;

namespace Trama.Diagnosis.Tests;

/// <summary>
/// One connection, and others beside it, in the steps in which people tell of them; what is said is acknowledged at once.
/// </summary>
internal sealed class Talk
{
    private const long WayNs = 100_000;
    private const int Window = 60_000;

    private readonly Diagnoser _diagnoser = new();
    private readonly uint[] _next = [Wire.ClientStart, Wire.ServerStart];

    public Talk(TracingOptions? options = null) => Wire = new Wire(options ?? Diagnoser.Options, _diagnoser);

    public Wire Wire { get; }

    public uint Next(Side from) => _next[(int)from];

    /// <summary>Opens a connection from another port.</summary>
    public Talk Open(ushort clientPort = 40_000)
    {
        Wire.ClientPort = clientPort;
        (_next[0], _next[1]) = (Wire.ClientStart + 1, Wire.ServerStart + 1);
        Wire.Handshake(WayNs, WayNs);
        return this;
    }

    public Talk Wait(double seconds)
    {
        Wire.Now += (long)(seconds * 1e9);
        return this;
    }

    public Talk Say(Side from, string text, bool isAcknowledged = true) => Say(from, Encoding.Latin1.GetBytes(text), isAcknowledged);

    public Talk Say(Side from, byte[] bytes, bool isAcknowledged = true)
    {
        Wire.Send(from, TcpFlags.Ack | TcpFlags.Psh, _next[(int)from], _next[1 - (int)from], bytes, WayNs, Window);
        _next[(int)from] += (uint)bytes.Length;
        return isAcknowledged ? Send(1 - from, TcpFlags.Ack) : this;
    }

    public Talk Ask(string text) => Say(Side.Client, text);

    public Talk Answer(string text) => Say(Side.Server, text);

    public Talk Close(Side from)
    {
        Send(from, TcpFlags.Fin | TcpFlags.Ack);
        _next[(int)from]++;
        return Send(1 - from, TcpFlags.Ack);
    }

    public Talk Send(Side from, TcpFlags flags)
    {
        Wire.Send(from, flags, _next[(int)from], (flags & TcpFlags.Ack) != 0 ? _next[1 - (int)from] : 0, "", WayNs, Window);
        return this;
    }

    public CaptureDiagnosis Judge()
    {
        Wire.Complete();
        return _diagnoser.Conclude(Wire.Tracker.Totals);
    }

    /// <summary>What is found of connections that are open still, and were opened before now.</summary>
    public IReadOnlyList<ConnectionDiagnosis> JudgeOpen() => _diagnoser.JudgeOpen(new Timestamp(Wire.Now));

    /// <summary>The verdict's finding; null without one.</summary>
    public Finding? Verdict() => Judge().Verdict?.Finding;

    public Finding Found(FindingId id) => Judge().Connections.SelectMany(connection => connection.Findings)
        .Single(finding => finding.Id == id);
}
