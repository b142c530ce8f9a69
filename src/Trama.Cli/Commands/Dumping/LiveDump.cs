using System.Runtime.InteropServices;
using Trama.Captures;
using Trama.Captures.Filters;
using Trama.Captures.Live;
using Trama.Cli.Capturing;
using Trama.Cli.ThisProcess;
using Trama.Packets;
using Trama.Reports;

namespace Trama.Cli.Commands.Dumping;

/// <summary><c>trama dump -i</c>: packets as they come.</summary>
internal sealed class LiveDump(DumpRequest request, Language language)
{
    // SIGUSR1 asks for the counts so far, as of tcpdump on Linux.
    private const PosixSignal CountsWanted = (PosixSignal)10;

    private long _packets;

    /// <summary>Captures until a signal, the packet limit or a failure, and gives the exit code.</summary>
    public int Run()
    {
        string device = Devices.Choose(request.Device, language);
        using LiveCapture capture = Devices.Open(device, request.Live);
        using LiveOwners? owners = request.Owners ? LiveOwners.Open(device) : null;
        Privileges.Drop();
        PacketFilter filter = capture.Compile(request.Filter, request.OptimizeFilter);
        if (request.FilterProgram > 0)
        {
            DumpAction.PrintProgram(filter, request);
            return ExitCode.Done;
        }

        capture.Apply(filter);
        using var stop = new CancellationTokenSource();
        using var signals = new StopSignals(stop);
        using var counts = PosixSignalRegistration.Create(CountsWanted, context =>
        {
            context.Cancel = true;
            Console.Error.WriteLine($"trama: {string.Join(", ", Counts(capture))}");
        });
        stop.Token.Register(capture.Stop);
        IRecordWriter? writer = request.Output is { } file ? CaptureWriters.ForDevice(file, capture, request.Filter, language) : null;
        var output = new PacketOutput(request, writer) { Owners = owners is null ? null : new PacketOwners(owners) };
        try
        {
            Announce(capture);
            Pump(capture, output);
        }
        finally
        {
            output.Dispose();
        }

        foreach (string line in Counts(capture)) Console.Error.WriteLine(line);
        return ExitCode.Done;
    }

    private void Pump(LiveCapture capture, PacketOutput output)
    {
        capture.Waiting = output.FlushText;
        try
        {
            while (capture.TryRead(out Record record))
            {
                output.Take(record);
                if (output.IsFinished) break;
                if (++_packets == request.PacketLimit) break;
            }
        }
        finally
        {
            output.End();
        }
    }

    private void Announce(LiveCapture capture)
    {
        string prefix = request.Text.Verbosity == 0 && request.Output is null
            ? "trama: verbose output suppressed, use -v[v]... for full protocol decode\n"
            : "trama: ";
        Console.Error.WriteLine(
            $"{prefix}listening on {capture.Device}, link-type {FileDump.Described(capture.LinkType)}, snapshot length "
                + $"{capture.SnapLength} bytes");
    }

    private IEnumerable<string> Counts(LiveCapture capture)
    {
        CaptureStatistics statistics = capture.Statistics;
        yield return $"{Packets(_packets)} captured";
        yield return $"{Packets(statistics.Received)} received by filter";
        yield return $"{Packets(statistics.DroppedByKernel)} dropped by kernel";
        if (statistics.DroppedByInterface > 0) yield return $"{Packets(statistics.DroppedByInterface)} dropped by interface";
    }

    private static string Packets(long count) => count == 1 ? "1 packet" : $"{count} packets";
}
