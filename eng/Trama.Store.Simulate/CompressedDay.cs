using System.Diagnostics;
using System.Globalization;
using Trama.Captures;
using Trama.Captures.Files;
using Trama.Captures.Synthetic;
using Trama.Packets;
using Trama.Packets.Link;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Store.Simulate;

/// <summary>
/// Many hours of mixed load in a few minutes, as a capture on standard output whose clock goes faster than the machine's: captures of
/// faults, one after another, beside requests and replies at an even rate on connections that are replaced.
/// </summary>
internal sealed class CompressedDay : IDisposable
{
    private const int Clients = 50, PerConnection = 500;
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(1);

    private readonly double _speed;
    private readonly long _begin, _end, _interval;
    private readonly Stopwatch _real = Stopwatch.StartNew();
    private readonly PcapWriter _output = new(Console.OpenStandardOutput(), LinkType.Raw, nanoseconds: true);
    private readonly SyntheticCapture _synthetic;
    private readonly SyntheticConversation?[] _conversations = new SyntheticConversation?[Clients];
    private long _exchanges, _records, _captures, _next;

    /// <param name="begin">Where its clock begins, in seconds of the Unix epoch.</param>
    /// <param name="hours">How many hours of its clock it goes on.</param>
    /// <param name="speed">How many seconds of its clock pass in one.</param>
    /// <param name="perSecond">Exchanges in a second of its clock.</param>
    private CompressedDay(long begin, int hours, double speed, int perSecond)
    {
        const long second = 1_000_000_000;
        _speed = speed;
        _begin = _next = begin * second;
        _end = _begin + (hours * 3600 * second);
        _interval = second / perSecond;
        _synthetic = new SyntheticCapture(Write);
    }

    public static int Run(string[] args)
    {
        long[] numbers = [.. args[..4].Select(arg => long.Parse(arg, CultureInfo.InvariantCulture))];
        using var day = new CompressedDay(numbers[0], (int)numbers[1], numbers[2], (int)numbers[3]);
        day.Play(args[4..]);
        Console.Error.WriteLine($"{day._exchanges} requests of the even load, {day._captures} captures of faults, {day._records} packets");
        return 0;
    }

    public void Dispose() => _output.Dispose();

    private void Play(string[] files)
    {
        long at = _begin;
        for (int i = 0; at < _end; i++)
        {
            using CaptureFile file = CaptureFile.Open(files[i % files.Length]);
            long? first = null;
            long last = at;
            while (file.TryRead(out Record record))
            {
                first ??= record.Timestamp.Nanoseconds;
                last = Math.Max(last, at + record.Timestamp.Nanoseconds - first.Value);
                // A capture whose clock jumped does not carry the rest with it.
                if (last - at > 3600 * 1_000_000_000L) break;
                ExchangeUntil(last);
                // Of the captures' two link types, raw IP and Ethernet, one is written.
                int begin = record.LinkType == LinkType.Ethernet ? Math.Min(EthernetHeader.Length, record.Bytes.Length) : 0;
                Write(new Record(new Timestamp(last), LinkType.Raw, record.Bytes[begin..], record.OriginalLength - begin));
            }

            _captures++;
            at = last + (s_between.Ticks * TimeSpan.NanosecondsPerTick);
            ExchangeUntil(at);
            Wait(at);
        }

        foreach (SyntheticConversation? open in _conversations) Finish(open, at);
    }

    private void ExchangeUntil(long until)
    {
        for (; _next < until; _next += _interval)
        {
            long number = _exchanges++;
            int client = (int)(number % Clients);
            long ofClient = number / Clients;
            var at = new Timestamp(_next);
            if (ofClient % PerConnection == 0)
            {
                Finish(_conversations[client], _next);
                var port = (ushort)(20_000 + (ofClient / PerConnection % 20_000));
                var own = new Endpoint(IpAddress.FromIpv4(0x0a4d_0100u + (uint)client), port);
                _conversations[client] = _synthetic.Begin(own, new Endpoint(IpAddress.FromIpv4(0x0a4d_0001), 6379));
                _conversations[client]!.Ask(at);
                _conversations[client]!.Accept(at, at);
            }

            _conversations[client]!.Say(true, "*1\r\n$4\r\nPING\r\n"u8, at);
            _conversations[client]!.Say(false, "+PONG\r\n"u8, new Timestamp(_next + (_interval / 2)));
            if ((number & 1023) == 0) Wait(_next);
        }
    }

    private static void Finish(SyntheticConversation? conversation, long at)
    {
        conversation?.Finish(true, new Timestamp(at));
        conversation?.Finish(false, new Timestamp(at));
    }

    /// <summary>Until the machine's clock has come as far.</summary>
    private void Wait(long at)
    {
        TimeSpan ahead = TimeSpan.FromSeconds((at - _begin) / 1e9 / _speed) - _real.Elapsed;
        if (ahead <= TimeSpan.FromMilliseconds(5)) return;
        _output.Flush();
        Thread.Sleep(ahead);
    }

    private void Write(in Record record)
    {
        _records++;
        _output.Write(record);
    }
}
