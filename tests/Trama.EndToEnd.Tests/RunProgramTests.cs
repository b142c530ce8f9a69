namespace Trama.EndToEnd.Tests;

/// <summary>Programs that people run, with real servers: under <c>trama run</c> they do what they do without.</summary>
public class RunProgramTests
{
    private const string GoClient = """
        package main
        import ("fmt"; "io"; "net/http"; "os")
        func main() {
            reply, err := http.Get(os.Args[1])
            if err != nil { fmt.Println(err); os.Exit(9) }
            text, _ := io.ReadAll(reply.Body)
            fmt.Println(string(text), reply.Header["Server"])
            os.Exit(7)
        }
        """;

    [Theory]
    [InlineData("wget", 0, "hi")]
    [InlineData("go", 7, "hi []")]
    [InlineData("nc", 0, "Message received successfully!")]
    [InlineData("git", 0, "first")]
    [InlineData("psql", 1, "42\nERROR:  division by zero")]
    [InlineData("mariadb", 1, "42\n")]
    [InlineData("redis-cli", 0, "42\nERR unknown command")]
    public async Task Its_output_and_exit_code_are_those_without(string program, int code, string output)
    {
        TestData.Program(program);
        using var folder = new TemporaryFolder();
        (IAsyncDisposable server, string command) = await ServeAsync(program, folder);
        await using (server)
        {
            TramaProcess.Ended plain = await TramaProcess.RunAsync("sh", ["-c", command]);
            Assert.Equal(code, plain.Code);
            Assert.StartsWith(output, plain.Output, StringComparison.Ordinal);
            foreach (string[] how in (string[][])[[], ["--isolate"]])
            {
                TramaProcess.Ended ended = await TramaProcess.RunAsync(["run", .. how, "--", "sh", "-c", command]);
                if (ended.Code == 125) Assert.Skip($"neither capturing nor a network of its own is allowed here: {ended.Errors}");
                Assert.Equal((plain.Code, plain.Output), (ended.Code, ended.Output));
                Assert.Matches(@"(?m)^trama: [1-9]\d* connections?, ", ended.Errors);
            }
        }
    }

    private static async Task<(IAsyncDisposable Server, string Command)> ServeAsync(string program, TemporaryFolder folder)
    {
        switch (program)
        {
            case "psql":
                PostgresqlServer postgresql = await PostgresqlServer.StartAsync(folder);
                return (postgresql, $"psql '{postgresql.Address("sslmode=disable")[0]}' -X -At -c 'select 40 + 2' -c 'select 1 / 0' 2>&1");
            case "mariadb":
                MysqlServer mysql = await MysqlServer.StartAsync(folder);
                return (mysql, $"mariadb --no-defaults -h 127.0.0.1 -P {mysql.Port} -u ana -p{MysqlServer.Password} -N "
                    + "-e 'select 40 + 2; select nope' 2>&1");
            case "redis-cli":
                int redis = FreePorts.Next();
                return (await RedisLiveTests.StartAsync(["--port", $"{redis}"]),
                    $"redis-cli -p {redis} eval 'return 40 + 2' 0; redis-cli -p {redis} nonsense");
            case "git":
                (TramaProcess daemon, int git) = await ServeGitAsync(folder["."]);
                return (daemon, $"cd '{folder["."]}' && git clone -q git://127.0.0.1:{git}/source copy 2>&1 && "
                    + "git -C copy log --format=%s && rm -r copy");
            case "nc":
                TramaProcess answering = TramaProcess.Start("serve", "--port", "0", "--keep-open");
                return (answering, $"echo hello | nc -q 1 127.0.0.1 {await ServeTests.PortAsync(answering)}");
            default:
                (TramaProcess server, int port) = await ServeHttpAsync(folder);
                string url = $"http://127.0.0.1:{port}/";
                return (server, program == "go" ? $"'{await BuildAsync(folder)}' {url}" : $"wget -qO- {url}");
        }
    }

    private static async Task<(TramaProcess Server, int Port)> ServeHttpAsync(TemporaryFolder folder)
    {
        await File.WriteAllTextAsync(folder["reply"], "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
            TestContext.Current.CancellationToken);
        TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open", "--framing", "http1", "--reply-file",
            folder["reply"]);
        return (server, await ServeTests.PortAsync(server));
    }

    private static async Task<(TramaProcess Server, int Port)> ServeGitAsync(string folder)
    {
        string git = TestData.Program("git"), source = Path.Combine(folder, "source");
        TramaProcess.Ended made = await TramaProcess.RunAsync("sh", ["-c", $"git init -q '{source}' && cd '{source}' && "
            + "git -c user.name=t -c user.email=t@example.org commit -q --allow-empty -m first"]);
        Assert.True(made.Code == 0, made.Errors);
        int port = FreePorts.Next();
        TramaProcess daemon = TramaProcess.Start(git, ["daemon", "--verbose", "--export-all", $"--base-path={folder}",
            "--listen=127.0.0.1", $"--port={port}", "--reuseaddr"]);
        await daemon.ErrorAsync(line => line.Contains("Ready to rumble", StringComparison.Ordinal));
        return (daemon, port);
    }

    private static async Task<string> BuildAsync(TemporaryFolder folder)
    {
        await File.WriteAllTextAsync(folder["client.go"], GoClient, TestContext.Current.CancellationToken);
        TramaProcess.Ended built = await TramaProcess.RunAsync("env", ["CGO_ENABLED=0", $"GOCACHE={folder["cache"]}",
            TestData.Program("go"), "build", "-o", folder["client"], folder["client.go"]]);
        Assert.True(built.Code == 0, built.Errors);
        return folder["client"];
    }
}
