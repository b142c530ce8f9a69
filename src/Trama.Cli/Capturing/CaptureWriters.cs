using System.Runtime.InteropServices;
using Trama.Captures;
using Trama.Captures.Files;
using Trama.Captures.Live;
using Trama.Cli.ThisProcess;
using Trama.Packets;
using Trama.Reports;

namespace Trama.Cli.Capturing;

/// <summary>Opens the capture file of <c>-w</c>: pcap or pcapng, one or several in turn.</summary>
internal static class CaptureWriters
{
    private static string Application => $"trama {ThisProgram.Version}";

    /// <summary>A writer for what is read from files.</summary>
    /// <param name="file">What to write.</param>
    /// <param name="source">The first file.</param>
    /// <param name="interfaces">The interfaces of the file that is being read.</param>
    /// <param name="isOnly">Whether no further file follows: then a pcapng file is copied with all that it says besides its
    /// packets.</param>
    /// <param name="language">The language of errors.</param>
    /// <exception cref="CaptureException">It cannot be created.</exception>
    public static IRecordWriter ForFiles(
        DumpFile file, CaptureFile source, Func<IReadOnlyList<CaptureInterface>> interfaces, bool isOnly, Language language)
    {
        if (file.Rotation.Path != "-") OthersLinks.Refuse(file.Rotation.Path);
        if (isOnly && file.Pcapng && source.IsPcapng && !file.Rotates)
            return file.Rotation.Path == "-" ? new PcapngCopy(StandardOutputPipe.Open(), source)
                : new PcapngCopy(file.Rotation.Path, source);
        CaptureInterface first = source.Interfaces[0];
        return Opened(file, path => file.Pcapng
            ? new PcapngTarget(path == "-" ? new PcapngWriter(StandardOutputPipe.Open(), Application) : new PcapngWriter(path, Application),
                interfaces)
            : Pcap(file, path, first.LinkType, first.SnapLength, language));
    }

    /// <summary>A writer for what is captured on a device.</summary>
    /// <exception cref="CaptureException">It cannot be created.</exception>
    public static IRecordWriter ForDevice(DumpFile file, LiveCapture capture, string filter, Language language) =>
        Opened(file, path => file.Pcapng ? Pcapng(file, path, capture, filter)
            : Pcap(file, path, capture.LinkType, capture.SnapLength, language));

    private static IRecordWriter Opened(DumpFile file, Func<string, IRecordWriter> open) =>
        file.Rotates ? new RotatingWriter(file.Rotation, path => Checked(path, open), TimeProvider.System)
            : Checked(file.Rotation.Path, open);

    private static IRecordWriter Checked(string path, Func<string, IRecordWriter> open)
    {
        if (path != "-") OthersLinks.Refuse(path);
        return open(path);
    }

    private static PcapTarget Pcap(DumpFile file, string path, LinkType linkType, int snapLength, Language language) => new(
        path == "-" ? new PcapWriter(StandardOutputPipe.Open(), linkType, snapLength, file.Nanoseconds)
            : new PcapWriter(path, linkType, snapLength, file.Nanoseconds),
        linkType,
        language);

    private static CapturedPcapng Pcapng(DumpFile file, string path, LiveCapture capture, string filter)
    {
        PcapngWriter writer = path == "-" ? new(StandardOutputPipe.Open(), Application) : new(path, Application);
        writer.AddInterface(new CaptureInterface(capture.LinkType, capture.SnapLength)
        {
            Name = capture.Device,
            Filter = filter,
            OperatingSystem = RuntimeInformation.OSDescription,
            IsNanosecond = file.Nanoseconds,
        });
        return new CapturedPcapng(writer, capture, TimeProvider.System);
    }
}
