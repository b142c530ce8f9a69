using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Trama.Mcp.Tests;

/// <summary>A folder of captures, the real <c>trama-mcp</c> over it, and a client of the same SDK.</summary>
internal sealed class McpSession : IAsyncDisposable
{
    // As the project file has it.
    private const string DuckdbVersion = "1.5.6.1";

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(90);

    private readonly CaptureFolderOnDisk _folder;
    private readonly McpClient _client;

    private McpSession(CaptureFolderOnDisk folder, McpClient client) => (_folder, _client) = (folder, client);

    /// <summary>The server: built with the tests, or the binary that <c>TRAMA_MCP_BINARY</c> names.</summary>
    public static string Binary =>
        Environment.GetEnvironmentVariable("TRAMA_MCP_BINARY") ?? Path.Combine(AppContext.BaseDirectory, "trama-mcp");

    /// <summary>The client.</summary>
    public McpClient Client => _client;

    /// <summary>Starts a server.</summary>
    public static async Task<McpSession> StartAsync(CaptureFolderOnDisk folder, params string[] options)
    {
        using var deadline = new CancellationTokenSource(s_deadline);
        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = Binary,
            Arguments = [folder.Path, "--lang", "en", .. options],
            EnvironmentVariables = folder.Environment,
        });
        return new McpSession(folder, await McpClient.CreateAsync(transport, cancellationToken: deadline.Token));
    }

    /// <summary>Calls a tool; its answer as text, and whether it is a refusal.</summary>
    public async Task<(bool IsRefused, string Text)> CallAsync(string tool, params (string Name, object Value)[] arguments)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(s_deadline);
        CallToolResult result = await _client.CallToolAsync(
            tool, arguments.ToDictionary(each => each.Name, each => (object?)each.Value), cancellationToken: deadline.Token);
        return (result.IsError == true, Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text);
    }

    /// <summary>Calls a tool that answers.</summary>
    public async Task<JsonElement> AskAsync(string tool, params (string Name, object Value)[] arguments)
    {
        (bool isRefused, string text) = await CallAsync(tool, arguments);
        Assert.False(isRefused, text);
        return JsonElement.Parse(text);
    }

    /// <summary>Calls a tool that refuses, and gives its reason.</summary>
    public async Task<string> RefusalAsync(string tool, params (string Name, object Value)[] arguments)
    {
        (bool isRefused, string text) = await CallAsync(tool, arguments);
        Assert.True(isRefused, text);
        return JsonElement.Parse(text).GetProperty("error").GetString()!;
    }

    /// <summary>Lets the server find DuckDB; skips the test where NuGet has not kept it.</summary>
    public static void BringDuckdb(CaptureFolderOnDisk folder)
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string system = System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier.Contains("arm64", StringComparison.Ordinal)
            ? "linux-arm64" : "linux-x64";
        string library = Path.Combine(packages, "duckdb.net.bindings.full", DuckdbVersion, "runtimes", system, "native", "libduckdb.so");
        Assert.SkipUnless(File.Exists(library), "DuckDB is not where NuGet keeps it");
        string place = Path.Combine(folder.Data, "trama", "duckdb", DuckdbVersion, "libduckdb.so");
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.Copy(library, place);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _folder.Dispose();
    }
}
