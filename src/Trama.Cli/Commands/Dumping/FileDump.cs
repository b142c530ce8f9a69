using Trama.Captures;
using Trama.Captures.Filters;
using Trama.Cli.Capturing;
using Trama.Cli.ThisProcess;
using Trama.Packets;
using Trama.Reports;

namespace Trama.Cli.Commands.Dumping;

/// <summary><c>trama dump -r</c>: the packets of one or more capture files.</summary>
internal sealed class FileDump(DumpRequest request, Language language)
{
    private PacketOutput? _output;
    private IReadOnlyList<CaptureInterface> _interfaces = [];
    private bool _failed;
    private volatile bool _stopped;

    /// <summary>Reads every file and gives the exit code.</summary>
    public int Run()
    {
        using var stop = new CancellationTokenSource();
        stop.Token.Register(() => _stopped = true);
        using var signals = new StopSignals(stop);
        try
        {
            foreach (string path in request.Files)
            {
                if (_stopped) break;
                ReadWhole(path);
            }

            _output?.End();
        }
        finally
        {
            _output?.Dispose();
        }

        if (request.Form == DumpForm.Count && request.FilterProgram == 0)
        {
            long packets = _output?.Packets ?? 0;
            Console.Out.WriteLine(packets == 1 ? "1 packet" : $"{packets} packets");
        }

        return _failed ? ExitCode.Failed : ExitCode.Done;
    }

    private void ReadWhole(string path)
    {
        using CaptureFile file = CaptureFiles.Open(path, keepBlocks: request.Output is { Pcapng: true });
        if (file.Interfaces is not [CaptureInterface first, ..])
        {
            Tell(CaptureErrors.Describe(path, file.End ?? new CaptureEnd(CaptureFault.NoInterface, 0), 0, language));
            return;
        }

        Console.Error.WriteLine($"reading from file {path}, link-type {Described(first.LinkType)}, snapshot length {first.SnapLength}");
        PacketFilter? filter = request.Filter.Length == 0 && request.FilterProgram == 0 ? null
            : PacketFilter.Compile(request.Filter, first, request.OptimizeFilter);
        if (request.FilterProgram > 0)
        {
            DumpAction.PrintProgram(filter!, request);
            _stopped = true;
            return;
        }

        _interfaces = file.Interfaces;
        _output ??= new PacketOutput(
            request,
            request.Output is { } target ? CaptureWriters.ForFiles(target, file, () => _interfaces, request.Files.Count == 1, language)
                : null);
        long packets = Pump(path, file, filter, _output);
        if (file.End is not { IsComplete: false } end) return;
        _output.Flush();
        Tell(CaptureErrors.Describe(path, end, packets, language));
    }

    private long Pump(string path, CaptureFile file, PacketFilter? filter, PacketOutput output)
    {
        long read = 0, taken = 0;
        using StatusLine? progress = request.ShowsPackets ? null : ReadProgress.Show(file, path, language);
        while (!_stopped && file.TryRead(out Record record))
        {
            read++;
            if (filter is null || filter.Matches(record))
            {
                output.Take(record);
                if (++taken == request.PacketLimit || output.IsFinished) break;
            }
        }

        return read;
    }

    private void Tell(UserError error)
    {
        _output?.Flush();
        Console.Error.WriteLine($"trama: {error.Message}");
        _failed = true;
    }

    /// <summary>A link type as the lines on standard error name it.</summary>
    public static string Described(LinkType linkType) =>
        LinkTypeNames.NameOf(linkType) is { } name ? $"{name} ({LinkTypeNames.DescriptionOf(linkType)})" : $"{(int)linkType}";
}
