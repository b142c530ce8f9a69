using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Trama.Captures;
using Trama.Captures.Live;
using Trama.Packets;
using Trama.Packets.Decoding;

namespace Trama.Testing.Seeing;

/// <summary>Captures the packets of a server of this machine, as they are.</summary>
internal sealed class LiveVantage : IVantage
{
    private const string Device = "any";
    private const int BufferBytes = 16 << 20;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    // A mark that was lost itself is sent again.
    private static readonly TimeSpan Repeat = TimeSpan.FromMilliseconds(100);

    private readonly TimeSpan _patience;
    private readonly LiveCapture _capture;
    private readonly Recording _recording;
    private readonly ServedTraffic _served;
    private readonly SegmentDecoder _decoder = new();
    private readonly Thread _reader;

    // A datagram of its own tells that all that was sent before it has been read: this, and its number behind it.
    private readonly Socket _marker = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly byte[] _mark = Guid.NewGuid().ToByteArray();
    private readonly AutoResetEvent _seen = new(false);
    private int _sentMarks;
    private volatile int _seenMark;
    private readonly long _lostBefore;
    private volatile CaptureException? _failure;

    /// <param name="address">Where the server listens.</param>
    /// <param name="maxBytes">The most bytes that are kept.</param>
    /// <param name="patience">How long the capture may take to see what was sent; null for half a minute.</param>
    /// <exception cref="CaptureException">Capturing is not allowed, or libpcap is missing.</exception>
    /// <exception cref="WireAssertionException">It is allowed, and sees nothing.</exception>
    public LiveVantage(IPEndPoint address, long maxBytes, TimeSpan? patience = null)
    {
        (Address, _patience) = (address, patience ?? LongestWait);
        _served = new ServedTraffic(address);
        try
        {
            _marker.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            int markerPort = ((IPEndPoint)_marker.LocalEndPoint!).Port;
            _capture = LiveCapture.Open(Device, new LiveOptions { Promiscuous = false, BufferBytes = BufferBytes, Immediate = true });
            _capture.Apply(_capture.Compile($"({_served.Filter}) or udp port {markerPort} or icmp or icmp6"));
        }
        catch
        {
            _capture?.Dispose();
            _marker.Dispose();
            _seen.Dispose();
            throw;
        }

        _recording = new Recording(_capture.LinkType, maxBytes);
        _reader = new Thread(Read) { Name = "wire", IsBackground = true };
        _reader.Start();
        // Until here others' packets may have filled the kernel's room, so that there was none for the first ones that count.
        try
        {
            CatchUp();
            _lostBefore = _capture.Statistics.DroppedByKernel;
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <inheritdoc/>
    public IPEndPoint Address { get; }

    /// <inheritdoc/>
    public string? Blind => null;

    /// <inheritdoc/>
    public Recording Take()
    {
        CatchUp();
        if (_capture.Statistics.DroppedByKernel - _lostBefore is > 0 and var dropped)
            throw new WireAssertionException($"{dropped} packets were too fast for the capture and are missing from it");
        return _recording;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private void Close()
    {
        _capture.Stop();
        _reader.Join();
        _capture.Dispose();
        _recording.Dispose();
        _marker.Dispose();
        _seen.Dispose();
    }

    // Waits until what was sent until now has been read.
    private void CatchUp()
    {
        int first = Volatile.Read(ref _sentMarks) + 1;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < _patience && _failure is null; _seen.WaitOne(Repeat))
        {
            if (_seenMark >= first) return;
            _marker.SendTo([.. _mark, .. BitConverter.GetBytes(Interlocked.Increment(ref _sentMarks))], _marker.LocalEndPoint!);
        }

        if (_failure is null && _seenMark >= first) return;
        throw new WireAssertionException(
            $"the capture stopped: {_failure?.Message ?? $"it did not see its own datagram in {_patience.TotalSeconds:0} s"}");
    }

    private void Read()
    {
        try
        {
            while (_capture.TryRead(out Record record))
            {
                if (IsOwn(record)) _recording.Add(record);
                else NoteMark(record.Bytes);
            }
        }
        catch (CaptureException failure)
        {
            _failure = failure;
            _seen.Set();
        }
    }

    private void NoteMark(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < sizeof(int) || !packet[..^sizeof(int)].EndsWith(_mark)) return;
        _seenMark = BitConverter.ToInt32(packet[^sizeof(int)..]);
        _seen.Set();
    }

    // What came before the filter held is of others.
    private bool IsOwn(in Record record) => _decoder.Decode(record, out TcpSegment segment) switch
    {
        Decoded.Segment => _served.Has(segment),
        Decoded.QuotedSegment => _served.Has(_decoder.Quote),
        _ => false,
    };
}
