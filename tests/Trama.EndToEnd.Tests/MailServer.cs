namespace Trama.EndToEnd.Tests;

/// <summary>Servers of mail and files for a test, each a child with its own settings on a free port.</summary>
internal static class MailServer
{
    /// <summary>Whoever is not root may not be served by a child of root.</summary>
    private const int Nobody = 65_534;

    private const string Python = "/usr/bin/python3";

    /// <summary>The password of everybody.</summary>
    public const string Password = "hunter2";

    /// <summary>Starts SMTP by aiosmtpd, with STARTTLS and AUTH.</summary>
    public static Task<TramaProcess> SmtpAsync(TemporaryFolder folder, int port) => PythonAsync(
        folder, "aiosmtpd", "python3-aiosmtpd", port,
        $"""
        import asyncio, ssl, sys
        from aiosmtpd.smtp import SMTP, AuthResult
        class Handler:
            async def handle_RCPT(self, server, session, envelope, address, options):
                if address.startswith('nobody@'): return '550 5.1.1 no such user'
                envelope.rcpt_tos.append(address)
                return '250 2.1.5 OK'
            async def handle_DATA(self, server, session, envelope): return '250 2.0.0 taken'
        def authenticate(server, session, envelope, mechanism, data):
            return AuthResult(success=data.password == b'{Password}')
        async def main(port, cert, key):
            tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            tls.load_cert_chain(cert, key)
            make = lambda: SMTP(Handler(), hostname='mail.example', tls_context=tls, authenticator=authenticate, auth_require_tls=False)
            server = await asyncio.get_running_loop().create_server(make, '127.0.0.1', port)
            print('ready', flush=True)
            await server.serve_forever()
        asyncio.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3]))
        """);

    /// <summary>Starts FTP by pyftpdlib, with AUTH TLS; its files are <c>files</c> in the folder, its ports for data those given, or
    /// any.</summary>
    public static async Task<TramaProcess> FtpAsync(TemporaryFolder folder, int port, params int[] passive)
    {
        Directory.CreateDirectory(folder["files"]);
        await File.WriteAllTextAsync(Path.Combine(folder["files"], "a.txt"), "hello\n", TestContext.Current.CancellationToken);
        return await PythonAsync(
            folder, "pyftpdlib", "python3-pyftpdlib python3-openssl", port,
            $"""
            import sys
            from pyftpdlib.authorizers import DummyAuthorizer
            from pyftpdlib.handlers import TLS_FTPHandler
            from pyftpdlib.servers import FTPServer
            users = DummyAuthorizer()
            users.add_user('ana', '{Password}', '{folder["files"]}', perm='elradfmw')
            with open('{folder["both.pem"]}', 'w') as both: both.write(open(sys.argv[3]).read() + open(sys.argv[2]).read())
            class Handler(TLS_FTPHandler): certfile, authorizer, banner = '{folder["both.pem"]}', users, 'FTP of a test'
            Handler.passive_ports = [{string.Join(',', passive)}] or None
            server = FTPServer(('127.0.0.1', int(sys.argv[1])), Handler)
            print('ready', flush=True)
            server.serve_forever()
            """);
    }

    /// <summary>Starts POP3 and IMAP by Dovecot, over one mailbox, with STLS and STARTTLS.</summary>
    public static async Task<TramaProcess> DovecotAsync(TemporaryFolder folder, int pop3, int imap)
    {
        string dovecot = TestData.Program("dovecot");
        await Certificate.MakeAsync(folder);
        string root = folder["dovecot"];
        foreach (string name in (string[])["run", "state", "mail"]) Directory.CreateDirectory(Path.Combine(root, name));
        // Whoever reads the mail is another user.
        await TramaProcess.RunAsync(TestData.Program("chmod"), ["a+x", folder["."], root]);
        await TramaProcess.RunAsync(TestData.Program("chmod"), ["a+rwx", Path.Combine(root, "mail")]);
        await File.WriteAllTextAsync(
            folder["dovecot.conf"],
            $$"""
            base_dir = {{root}}/run
            state_dir = {{root}}/state
            log_path = {{root}}/log
            protocols = imap pop3
            listen = 127.0.0.1
            default_internal_user = nobody
            default_login_user = nobody
            default_internal_group = nogroup
            mail_location = maildir:{{root}}/mail
            auth_mechanisms = plain login
            disable_plaintext_auth = no
            ssl = yes
            ssl_cert = <{{folder["cert.pem"]}}
            ssl_key = <{{folder["key.pem"]}}
            passdb {
              driver = static
              args = password={{Password}}
            }
            userdb {
              driver = static
              args = uid={{Nobody}} gid={{Nobody}} home={{root}}/mail
            }
            service imap-login {
              chroot =
              inet_listener imap {
                port = {{imap}}
              }
              inet_listener imaps {
                port = 0
              }
            }
            service pop3-login {
              chroot =
              inet_listener pop3 {
                port = {{pop3}}
              }
              inet_listener pop3s {
                port = 0
              }
            }
            service anvil {
              chroot =
            }
            service stats {
              chroot =
            }

            """,
            TestContext.Current.CancellationToken);
        TramaProcess server = TramaProcess.Start(dovecot, ["-F", "-c", folder["dovecot.conf"]]);
        await LiveCapture.AcceptsAsync(pop3);
        await LiveCapture.AcceptsAsync(imap);
        return server;
    }

    private static async Task<TramaProcess> PythonAsync(TemporaryFolder folder, string module, string packages, int port, string script)
    {
        bool isThere = File.Exists(Python) && Directory.Exists($"/usr/lib/python3/dist-packages/{module}");
        Assert.SkipUnless(isThere, $"{module} is not installed: sudo apt-get install {packages}");
        await Certificate.MakeAsync(folder);
        await File.WriteAllTextAsync(folder[$"{module}-server.py"], script, TestContext.Current.CancellationToken);
        TramaProcess server = TramaProcess.Start(
            Python, [folder[$"{module}-server.py"], $"{port}", folder["cert.pem"], folder["key.pem"]]);
        await server.LineAsync(line => line == "ready");
        return server;
    }
}
