using Trama.Captures;
using Trama.Captures.Filters;
using Trama.Captures.Live;
using Trama.Cli.Capturing;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Packets;
using Trama.Reports;

namespace Trama.Cli.Commands.Dumping;

/// <summary>Does what <c>trama dump</c> was asked for.</summary>
internal static class DumpAction
{
    /// <summary>Runs to the end and gives the exit code.</summary>
    public static int Run(DumpRequest request, Language language)
    {
        switch (request.List)
        {
            case DumpList.Version:
                Console.Out.WriteLine(ThisProgram.Version);
                return ExitCode.Done;
            case DumpList.Devices:
                ListDevices();
                return ExitCode.Done;
            case DumpList.LinkTypes:
                ListLinkTypes(request, language);
                return ExitCode.Done;
            case DumpList.TimestampTypes:
                ListTimestampTypes(request, language);
                return ExitCode.Done;
        }

        if (request.FilterProgram > 0 && request.Files.Count == 0 && request.Device is null)
        {
            if (request.Live.LinkType is null) Console.Error.WriteLine(
                language.Pick("Warning: assuming Ethernet", "Aviso: supondo Ethernet"));
            PrintProgram(PacketFilter.Compile(request.Filter, request.Live.LinkType ?? LinkType.Ethernet, request.Live.SnapLength,
                request.OptimizeFilter), request);
            return ExitCode.Done;
        }

        return request.Files.Count > 0 ? new FileDump(request, language).Run() : new LiveDump(request, language).Run();
    }

    /// <summary>Prints a compiled filter in the form that was asked for.</summary>
    public static void PrintProgram(PacketFilter filter, DumpRequest request) => Console.Out.Write(request.FilterProgram switch
    {
        1 => BpfListing.Assembler(filter.Program.Span),
        2 => BpfListing.C(filter.Program.Span),
        _ => BpfListing.Decimal(filter.Program.Span),
    });

    private static void ListDevices()
    {
        int number = 0;
        foreach (CaptureDevice device in Devices.All()) Console.Out.WriteLine($"{++number}.{VisibleText.Of(device.ToString())}");
    }

    private static void ListLinkTypes(DumpRequest request, Language language)
    {
        string device = Devices.Choose(request.Device, language);
        using Privileges.Raised rights = Privileges.Raise();
        Console.Out.WriteLine(language.Pick($"Data link types for {device} (use option -y to set):",
            $"Tipos de enlace de {device} (a opção -y escolhe):"));
        foreach (LinkType linkType in CaptureDevices.LinkTypesOf(device, request.Live))
            Console.Out.WriteLine($"  {LinkTypeNames.NameOf(linkType)} ({LinkTypeNames.DescriptionOf(linkType)})");
    }

    private static void ListTimestampTypes(DumpRequest request, Language language)
    {
        string device = Devices.Choose(request.Device, language);
        using Privileges.Raised rights = Privileges.Raise();
        IReadOnlyList<TimestampSource> sources = CaptureDevices.TimestampSourcesOf(device);
        if (sources.Count == 0)
        {
            Console.Error.WriteLine(language.Pick($"Time stamp type cannot be set for {device}",
                $"O relógio de {device} não pode ser escolhido"));
            return;
        }

        Console.Out.WriteLine(language.Pick($"Time stamp types for {device} (use option -j to set):",
            $"Relógios de {device} (a opção -j escolhe):"));
        foreach (TimestampSource source in sources) Console.Out.WriteLine($"  {source.Name} ({source.Description})");
    }
}
