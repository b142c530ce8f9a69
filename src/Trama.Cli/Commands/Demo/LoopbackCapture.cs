using Trama.Captures;
using Trama.Captures.Live;
using Trama.Packets;

namespace Trama.Cli.Commands.Demo;

/// <summary>A live capture on the loopback device that keeps every packet.</summary>
internal sealed class LoopbackCapture : IDisposable
{
    private const string Device = "lo";

    private readonly LiveCapture _capture;
    private readonly Thread _reader;
    private readonly List<KeptRecord> _records = [];

    /// <summary>Starts to capture the packets of a port.</summary>
    /// <exception cref="Trama.Captures.CaptureException">It is not allowed, or libpcap is missing.</exception>
    public LoopbackCapture(int port)
    {
        Filter = $"tcp port {port}";
        _capture = LiveCapture.Open(Device, new LiveOptions { Immediate = true });
        _capture.Apply(_capture.Compile(Filter));
        _reader = new Thread(Read);
        _reader.Start();
    }

    /// <summary>The filter.</summary>
    public string Filter { get; }

    /// <summary>Stops, and gives what was captured.</summary>
    public IReadOnlyList<KeptRecord> Stop()
    {
        _capture.Stop();
        _reader.Join();
        return _records;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        _capture.Dispose();
    }

    private void Read()
    {
        while (_capture.TryRead(out Record record)) _records.Add(new KeptRecord(record));
    }
}

/// <summary>A copy of a record, which outlives its source.</summary>
internal sealed class KeptRecord(in Record record)
{
    private readonly Timestamp _timestamp = record.Timestamp;
    private readonly LinkType _linkType = record.LinkType;
    private readonly byte[] _bytes = record.Bytes.ToArray();
    private readonly int _originalLength = record.OriginalLength;

    /// <summary>The record.</summary>
    public Record Record => new(_timestamp, _linkType, _bytes, _originalLength);
}
