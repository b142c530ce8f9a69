using Trama.Captures;
using Trama.Cli.ThisProcess;
using Trama.Reports;
using Trama.Reports.Json;

namespace Trama.Cli.Capturing;

/// <summary>What stood in the way of a capture, in one line that says what to do.</summary>
internal static class CaptureErrors
{
    /// <summary>A file, a device, a filter or the library could not be used.</summary>
    public static UserError Describe(CaptureException error, Language language) => error.Failure switch
    {
        CaptureFailure.LibraryMissing => new(language.Pick(
            "libpcap is not installed, and live capture and filters need it: sudo apt-get install libpcap0.8",
            "a libpcap não está instalada, e a captura ao vivo e os filtros precisam dela: sudo apt-get install libpcap0.8")),
        CaptureFailure.NotFound when IsFile(error) && MissingFolder(error.Subject) is { } folder => new(language.Pick(
            $"{error.Subject}: the folder {folder} does not exist", $"{error.Subject}: a pasta {folder} não existe")),
        CaptureFailure.NotFound when IsFile(error) =>
            new(language.Pick($"{error.Subject}: no such file", $"{error.Subject}: arquivo não encontrado")),
        CaptureFailure.NotFound => new(language.Pick(
            $"{error.Subject}: no such device (trama dump -D lists them)", $"{error.Subject}: dispositivo inexistente (trama "
                + "dump -D os lista)")),
        CaptureFailure.NotPermitted when IsFile(error) =>
            new(language.Pick($"{error.Subject}: permission denied", $"{error.Subject}: permissão negada")),
        CaptureFailure.NotPermitted => new(language.Pick(
            $"{error.Subject}: no permission to capture: use sudo, or once: {Grant}",
            $"{error.Subject}: sem permissão para capturar: use sudo ou, uma única vez: {Grant}")),
        CaptureFailure.DeviceDown =>
            new(language.Pick($"{error.Subject}: the device is not up", $"{error.Subject}: o dispositivo está desativado")),
        CaptureFailure.DeviceGone =>
            new(language.Pick($"{error.Subject}: the device is gone", $"{error.Subject}: o dispositivo desapareceu")),
        CaptureFailure.BadFilter => new(
            language.Pick($"the filter '{error.Subject}' is wrong: {error.Detail}",
                $"o filtro '{error.Subject}' está errado: {error.Detail}"), ExitCode.Usage),
        CaptureFailure.NoSpace => new(language.Pick($"{error.Subject}: no space left", $"{error.Subject}: não há mais espaço em disco")),
        CaptureFailure.OthersLink => new(language.Pick(
            $"{error.Subject}: a link that another user has put into a folder open to all is not followed",
            $"{error.Subject}: um link que outro usuário pôs em uma pasta aberta a todos não é seguido")),
        CaptureFailure.IsFolder => new(language.Pick($"{error.Subject}: is a folder", $"{error.Subject}: é uma pasta")),
        _ => new($"{(error.Subject == "-" ? language.Pick("standard input", "entrada padrão") : error.Subject)}: {error.Detail}"),
    };

    /// <summary>What has to wait for the end of a report could not be kept.</summary>
    public static UserError Describe(SpoolException error, Language language) => new(language.Pick(
        $"the report needs a temporary file, and {error.Folder} (TMPDIR) cannot hold one: {error.Message}",
        $"o relatório precisa de um arquivo temporário, e {error.Folder} (TMPDIR) não comporta um: {error.Message}"));

    /// <summary>The command that lets this program capture without being root.</summary>
    public static string Grant => $"sudo setcap cap_net_raw+ep {Environment.ProcessPath}";

    /// <summary>What ended the reading of a file before its end.</summary>
    /// <param name="path">The file.</param>
    /// <param name="end">How reading ended.</param>
    /// <param name="packets">How many packets could be read before.</param>
    /// <param name="language">The language.</param>
    public static UserError Describe(string path, CaptureEnd end, long packets, Language language)
    {
        string name = path == "-" ? language.Pick("standard input", "entrada padrão") : path;
        string what = end.Fault switch
        {
            CaptureFault.Empty => language.Pick("is empty", "está vazio"),
            CaptureFault.UnknownFormat => language.Pick("is not a capture file", "não é um arquivo de captura"),
            CaptureFault.ForeignCompression => language.Pick(
                $"is compressed with {end.Detail}: {end.Detail} -dc {Quoted(path)} | trama trace -",
                $"está comprimido com {end.Detail}: {end.Detail} -dc {Quoted(path)} | trama trace -"),
            _ when end.IsCut => language.Pick("is cut", "está cortado") + $" ({CaptureEndWords.Of(end, language)})",
            _ => language.Pick("cannot be read on", "não pode mais ser lido") + $" ({CaptureEndWords.Of(end, language)})",
        };
        string before = packets switch
        {
            0 => "",
            1 => language.Pick(" after 1 packet", " depois de 1 pacote"),
            _ => language.Pick($" after {packets} packets", $" depois de {packets} pacotes"),
        };
        return new UserError($"{name} {what}{before}");
    }

    private static string Quoted(string path) => path == "-"
        ? "FILE" : path.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '-' or '_')
        ? path : $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static string? MissingFolder(string path) =>
        Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder) ? folder : null;

    // Files come with the operating system's words, devices with libpcap's.
    private static bool IsFile(CaptureException error) => error.Detail is "No such file or directory" or "Permission denied";
}
