using System.ComponentModel;
using System.Diagnostics;
using Trama.Cli.Native;
using Trama.Web;

namespace Trama.Cli.Commands.Browsing;

/// <summary>
/// Opens the browser of the one who called: by a file that only that user can read and that leads to the page, so that the key stands in no
/// list of arguments. The file goes with this.
/// </summary>
internal sealed class PageOpening : IDisposable
{
    private readonly string _folder;

    private PageOpening(string folder) => _folder = folder;

    /// <summary>The address of the page with what opens it, which no server is told (RFC 3986 section 3.5).</summary>
    public static string Link(PageServer server) => $"{server.Address}#key={server.Token.Secret}";

    /// <summary>Opens it; null where there is no browser, or no screen for one.</summary>
    public static PageOpening? Open(PageServer server)
    {
        bool hasScreen = !OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 }
            || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };
        if (!hasScreen) return null;
        string folder = Directory.CreateTempSubdirectory("trama-").FullName;
        var opening = new PageOpening(folder);
        try
        {
            string file = Path.Combine(folder, "page.html");
            File.WriteAllText(file, $"<!DOCTYPE html><meta http-equiv=\"refresh\" content=\"0;url={Link(server)}\"><title>trama</title>");
            var start = new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [file])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            foreach ((string name, string value) in SessionOfCaller()) start.Environment.TryAdd(name, value);
            using var process = Process.Start(start);
            return opening;
        }
        catch (Exception error) when (error is Win32Exception or IOException or UnauthorizedAccessException)
        {
            opening.Dispose();
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Somebody cleaned up before.
        }
    }

    // sudo leaves out what leads to the session of the one who called; the rights are that user's already.
    private static IEnumerable<(string Name, string Value)> SessionOfCaller()
    {
        if (Environment.GetEnvironmentVariable("SUDO_UID") is not { } user || UserRights.IsRoot) yield break;
        string runtime = $"/run/user/{UserRights.Effective}";
        if (user != $"{UserRights.Effective}" || !Directory.Exists(runtime)) yield break;
        yield return ("XDG_RUNTIME_DIR", runtime);
        yield return ("DBUS_SESSION_BUS_ADDRESS", $"unix:path={runtime}/bus");
    }
}
