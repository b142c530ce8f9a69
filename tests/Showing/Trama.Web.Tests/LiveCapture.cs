using System.Net;
using Trama.Captures;
using Trama.Reports.Browsing;
using Trama.Reports.Browsing.Answers;
using Trama.Tracing;

namespace Trama.Web.Tests;

/// <summary>A capture whose page is served while it grows, as fast as a test wants.</summary>
internal sealed class LiveCapture : IRecordedPackets, IAsyncDisposable
{
    private readonly RecentRecords _recent = new(64 << 20);
    private readonly BrowsedCapture _capture;
    private readonly ConnectionTracker _tracker;
    private readonly CaptureFile _file;
    private readonly PageServer _server;
    private long _number;

    private LiveCapture(string path)
    {
        _file = CaptureFile.Open(path);
        _capture = new BrowsedCapture(this);
        _tracker = new ConnectionTracker(BrowsedCapture.Needs(new TracingOptions()), _capture);
        _capture.Totals = _tracker.Totals;
        _server = new PageServer(new BrowsedSource(_capture, ["lo"], IsLive: true), new PageOptions(new IPEndPoint(IPAddress.Loopback, 0)));
    }

    /// <summary>The address that a browser is given.</summary>
    public string Link => $"{_server.Address}#key={_server.Token.Secret}";

    public static async Task<LiveCapture> StartAsync(string path, int packets)
    {
        var live = new LiveCapture(path);
        live.Come(packets);
        await live._server.StartAsync();
        return live;
    }

    /// <summary>More packets come.</summary>
    public void Come(int packets)
    {
        for (int i = 0; i < packets && _file.TryRead(out Packets.Record record); i++)
        {
            _recent.Add(record, ++_number);
            _tracker.Observe(record);
        }
    }

    public void Read(IReadOnlyList<long> numbers, NumberedRecord take, CancellationToken stop)
    {
        foreach (long number in numbers)
            if (_recent.TryRead(number, out Packets.Record record)) take(record, number);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _file.Dispose();
    }
}
